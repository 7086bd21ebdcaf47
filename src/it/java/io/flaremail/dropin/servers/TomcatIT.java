package io.flaremail.dropin.servers;

import io.flaremail.dropin.ClassPath;
import io.flaremail.sandbox.SandboxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tomcat of every kind in use: only its context file mentions us. */
@Timeout(120)
class TomcatIT {
    private static final Path SAMPLE = Path.of("samples/tomcat");

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "9.0.123, com.sun.mail:javax.mail:1.6.2, SERVER_LIB",
        "9.0.123, com.sun.mail:javax.mail:1.6.2, WEB_INF_LIB",
        "10.1.59, org.eclipse.angus:angus-mail:2.0.5, SERVER_LIB",
        "10.1.59, org.eclipse.angus:angus-mail:2.0.5, WEB_INF_LIB",
        "11.0.27, org.eclipse.angus:angus-mail:2.0.5, SERVER_LIB",
        "11.0.27, org.eclipse.angus:angus-mail:2.0.5, WEB_INF_LIB"
    })
    void aWebApplicationSends(String version, String mail, JarPlace place) throws Exception {
        new Trial(
                        "Tomcat " + version,
                        version.startsWith("9."),
                        ClassPath.of("org.apache.tomcat.embed:tomcat-embed-core:" + version, mail),
                        SAMPLE.resolve("com/example/EmbeddedTomcat.java"),
                        SAMPLE.resolve("context.xml"))
                .run(place, folder, sandbox.get())
                .conclude();
    }
}
