package io.flaremail.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maven projects whose first dependency is the sandbox: their tests pass, and their logs show nothing of it. */
@Timeout(1200)
class MavenProjectsIT {
    private static final Path SAMPLE = Path.of("samples/spring-boot");

    /** What SLF4J, the mail API and others print if a library of the sandbox meets the host's. */
    private static final Pattern DISTURBED = Pattern.compile(
            "SLF4J|LoggerFactory|expected resource not found|ServiceConfigurationError|io\\.flaremail\\.sandbox\\.inside");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"3.5.16", "4.0.9"})
    void springBoot(String version) throws Exception {
        MavenProject project = MavenProject.create(folder.resolve("shop"), "spring-boot.xml", version)
                .with("main/java", SAMPLE, "com/example/Shop.java")
                .with("main/resources", SAMPLE, "application.properties")
                .with("test/java", SAMPLE, "com/example/ShopTest.java");
        assertTestsPass("Spring Boot " + version, project, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.14.4", "6.1.3"})
    void junit(String version) throws Exception {
        MavenProject project = MavenProject.create(folder.resolve("billing"), "junit.xml", version)
                .with("test/java", Path.of("src/it/apps"), "InvoiceMailTest.java");
        assertTestsPass("JUnit " + version, project, 6);
    }

    private static void assertTestsPass(String name, MavenProject project, int tests) throws Exception {
        MavenProject.Outcome outcome = project.test();
        assertEquals(0, outcome.exit(), outcome::output);
        assertTrue(outcome.output().contains("Tests run: " + tests + ", Failures: 0, Errors: 0"), outcome::output);
        assertFalse(DISTURBED.matcher(outcome.output()).find(), outcome::output);
        System.out.println(name + ": mvn test took " + outcome.seconds() + " s");
    }
}
