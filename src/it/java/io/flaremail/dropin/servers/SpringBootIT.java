package io.flaremail.dropin.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.Compiled;
import io.flaremail.dropin.DropInJar;
import io.flaremail.sandbox.SandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spring Boot with the jakarta jar and with the javax one: only application.properties mentions us. */
@Timeout(120)
class SpringBootIT {
    private static final Path SAMPLE = Path.of("samples/spring-boot");
    private static final String VERIFY = "spring.mail.properties.mail.cloudflare.verify=true\n";
    private static final String GRACE = "grace@example.org";
    private static final String REFUSED = "failed, sent %s, invalid [bounce@example.org]";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"4.1.2, ALL, all", "4.0.7, ALL, all", "3.5.16, ALL, all", "2.7.18, JAVAX, javax"})
    void anApplicationSends(String version, DropInJar jar, String name) throws Exception {
        ClassPath jars = ClassPath.of("org.springframework.boot:spring-boot-starter-mail:" + version)
                .and(jar.path());
        sends("Spring Boot " + version, "`-" + name + "`, the application's class path", jar, jars);
    }

    /** As a dependency, with the versions that Boot 4.1.2 manages, beside its own Jackson 3. */
    @Test
    void theDependencySends() throws Exception {
        ClassPath jars = ClassPath.of(
                        "org.springframework.boot:spring-boot-starter-mail:4.1.2",
                        "org.springframework.boot:spring-boot-starter-jackson:4.1.2",
                        "org.apache.httpcomponents.client5:httpclient5:5.6.5",
                        "com.fasterxml.jackson.core:jackson-core:2.21.7",
                        "org.slf4j:slf4j-api:2.0.17")
                .and(DropInJar.THIN.path());
        sends("Spring Boot 4.1.2, Jackson 3.1.7", "the dependency", DropInJar.THIN, jars);
    }

    private void sends(String server, String jarIn, DropInJar jar, ClassPath jars) throws Exception {
        Path classes = Compiled.into(
                folder.resolve("classes"), jars, jar == DropInJar.JAVAX, SAMPLE.resolve("com/example/Shop.java"));
        String byPassword = withCredentialsOfSpring(properties()) + VERIFY;
        try (BootApplication settings = start("settings", jars.and(classes), properties());
                BootApplication password = start("password", jars.and(classes), byPassword)) {
            row(server, jarIn, settings, password).conclude();
        }
        assertEquals(4 + 2, sandbox.mailbox(GRACE).size());
    }

    private static ServerRow row(String server, String jar, BootApplication settings, BootApplication password)
            throws Exception {
        assertEquals("", settings.errors());
        return new ServerRow(
                server,
                jar,
                settings.sends("static:" + GRACE),
                settings.sends("sender:" + GRACE),
                settings.sends("smtp:" + GRACE),
                sendsWithPassword(password),
                bounces(settings),
                "–");
    }

    private BootApplication start(String name, ClassPath jars, String properties) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.writeString(home.resolve("application.properties"), properties);
        return BootApplication.start(
                home,
                jars,
                List.of(
                        "static:" + GRACE,
                        "sender:" + GRACE,
                        "smtp:" + GRACE,
                        "sender:bounce@example.org",
                        "sender:grace@example.org,bounce@example.org",
                        "test:connection"));
    }

    /** Boot gives them to the sender alone; a session of its own has neither them nor an Authenticator. */
    private static String withCredentialsOfSpring(String properties) {
        return properties
                .replace("spring.mail.properties.mail.cloudflare.account", "spring.mail.username")
                .replace("spring.mail.properties.mail.cloudflare.token", "spring.mail.password");
    }

    private static String sendsWithPassword(BootApplication byPassword) throws Exception {
        assertTrue(
                byPassword.answer("static:" + GRACE).startsWith("error"),
                "Transport.send has got at Spring's password: say so in the table");
        assertEquals("sent", byPassword.answer("sender:" + GRACE));
        assertEquals("connected", byPassword.answer("test:connection"));
        return "`spring.mail.password`, for the sender only";
    }

    private static String bounces(BootApplication application) throws Exception {
        String alone = application.answer("sender:bounce@example.org");
        String beside = application.answer("sender:grace@example.org,bounce@example.org");
        return alone.equals(REFUSED.formatted("null")) && beside.equals(REFUSED.formatted("[grace@example.org]"))
                ? "yes"
                : "no";
    }

    private String properties() throws IOException {
        return Files.readString(SampleConfiguration.filledIn(
                SAMPLE.resolve("application.properties"), folder.resolve("filled-in"), false, sandbox.get()));
    }
}
