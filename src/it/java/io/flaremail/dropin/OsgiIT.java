package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flaremail.sandbox.SandboxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;

/** As OSGi bundles: the drop-in jars resolve beside the mail bundles, start and send. */
@Timeout(300)
class OsgiIT {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"API_2_1_5_ANGUS_2_0_5", "JAVAX_1_6"})
    void itStartsAndSends(MailImplementation mail) throws Exception {
        try (OsgiFramework framework = new OsgiFramework(folder)) {
            // What javax.mail itself asks for is no bundle.
            ClassPath bundles = mail.isJavax()
                    ? mail.classPath()
                            .without("activation")
                            .and(ClassPath.only("com.sun.activation:jakarta.activation:1.2.2"))
                    : mail.classPath();
            Bundle ours = framework.start(bundles, mail.dropIn().path());
            assertEquals(Bundle.ACTIVE, ours.getState());
            framework.send(ours, mail, MailProperties.of(sandbox, mail));
        }
        assertEquals(1, sandbox.accepted().size());
    }
}
