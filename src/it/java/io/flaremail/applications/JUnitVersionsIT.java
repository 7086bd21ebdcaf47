package io.flaremail.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.Compiled;
import io.flaremail.dropin.DropInJar;
import io.flaremail.dropin.Jvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application's test with the sandbox jar's extension, run by JUnit 5 and by JUnit 6. */
@Timeout(300)
class JUnitVersionsIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.14.4", "6.1.3"})
    void theExtensionStartsTheSandbox(String platform) throws Exception {
        ClassPath junit = ClassPath.of("org.junit.platform:junit-platform-console-standalone:" + platform);
        ClassPath all = MailLibrary.with(DropInJar.ALL).and(DropInJar.sandbox());
        Path classes = Compiled.into(
                folder.resolve("classes"), junit.and(all), false, Path.of("src/it/apps/InvoiceMailTest.java"));
        Jvm jvm = Jvm.run(
                "-jar",
                junit.toString(),
                "execute",
                "--disable-banner",
                "--select-class=InvoiceMailTest",
                "--select-class=ReminderMailTest",
                "--select-class=MethodMailTest",
                "--class-path=" + all.and(classes));
        assertEquals(0, jvm.exit(), jvm::toString);
        assertTrue(jvm.out().contains("[         6 tests successful      ]"), jvm::out);
    }
}
