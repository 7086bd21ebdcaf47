package io.flaremail.dropin.servers;

import io.flaremail.dropin.ClassPath;
import io.flaremail.sandbox.SandboxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jetty 12 with EE 10: only the web application's context file mentions us. */
@Timeout(120)
class JettyIT {
    private static final String VERSION = "12.0.31";
    private static final Path SAMPLE = Path.of("samples/jetty");

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aWebApplicationSends(JarPlace place) throws Exception {
        new Trial(
                        "Jetty " + VERSION + ", ee10",
                        false,
                        ClassPath.of(
                                "org.eclipse.jetty.ee10:jetty-ee10-webapp:" + VERSION,
                                "org.eclipse.jetty.ee10:jetty-ee10-plus:" + VERSION,
                                "org.eclipse.jetty.ee10:jetty-ee10-jndi:" + VERSION,
                                "org.eclipse.angus:angus-mail:2.0.5"),
                        SAMPLE.resolve("com/example/EmbeddedJetty.java"),
                        SAMPLE.resolve("shop.xml"))
                .run(place, folder, sandbox.get())
                .conclude();
    }
}
