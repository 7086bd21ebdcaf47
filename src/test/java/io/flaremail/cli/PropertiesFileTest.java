package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that {@code --properties} accepts, and how it refuses others. */
class PropertiesFileTest {
    private static final String SECRET = "Hidden-0123456789-abcdefghijklmnop_QRSTU";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    private Path folder;

    private Run run(String command, String content) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), content);
        return Run.of(command, "--properties", file.toString())
                .with("--endpoint", sandbox.endpoint().toString());
    }

    private static String spring(String... lines) {
        return "spring.mail.properties.mail.transport.protocol=cloudflare\n" + String.join("\n", lines) + "\n";
    }

    /** Account and token are the session's user and password there. */
    @Test
    void tomcatsContext() throws IOException {
        String sample = Files.readString(Path.of("samples/tomcat/context.xml"))
                .replace("0123456789abcdef0123456789abcdef", sandbox.account())
                .replace("your-api-token", sandbox.token());
        Run run = run("doctor", sample)
                .with("--from", "a@example.com", "--resolver", "127.0.0.1:1")
                .go();
        assertTrue(run.out.contains("Access      Cloudflare accepts the token for this account: ok"), run.out);
        assertTrue(run.out.contains("Properties  4 for this transport, all known: ok"), run.out);
        assertTrue(run.out.contains("Transport.send and session.getTransport() use Cloudflare: ok"), run.out);
        assertEquals(0, run("limits", sample).go().exit);
    }

    @Test
    void placeholdersInAContext() throws IOException {
        String xml = "\uFEFF<?xml version='1.0'?>\n<Context><Resource type='javax.mail.Session' mail.user='${ACCOUNT}'"
                + " mail.transport.protocol='cloudflare' password='${SECRET}'/></Context>";
        Run run = run("limits", xml)
                .environment("SECRET", sandbox.token())
                .environment("ACCOUNT", sandbox.account())
                .go();
        assertEquals(0, run.exit, run.everything());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <beans><bean id="mailSender"/></beans>                                                | is other XML
            <Context><Resource type="javax.sql.DataSource" mail.host="x"/></Context>              | is other XML
            <Context><Resource type="jakarta.mail.Session"/><Resource type="jakarta.mail.Session"/></Context> | has several mail sessions: expected a file with one
            <Context><Resource type="jakarta.mail.Session"                                        | is not well-formed XML without a DTD: line 1
            <!DOCTYPE properties SYSTEM "http://java.sun.com/dtd/properties.dtd"><properties/>    | is not well-formed XML without a DTD: line 1
            <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Context><Resource type="jakarta.mail.Session" mail.from="&e;"/></Context> | is not well-formed XML without a DTD: line 1
            """)
    void otherXmlIsRefused(String xml, String reason) throws IOException {
        for (String command : new String[] {"limits", "doctor"}) {
            Run run = run(command, xml).go();
            assertEquals(2, run.exit, run.everything());
            assertTrue(run.err.contains(folder.resolve("file") + " " + reason), run.err);
            assertEquals(1, run.err.lines().count(), run.err);
        }
    }

    /** Spring passes them to connect. */
    @Test
    void springsUserAndPassword() throws IOException {
        Run run = run(
                        "limits",
                        spring(
                                "spring.mail.username=" + sandbox.account(),
                                "spring.mail.password=${app.token:none}",
                                "app.token=${T}"))
                .environment("T", sandbox.token())
                .environment("CLOUDFLARE_API_TOKEN", "another")
                .go();
        assertEquals(0, run.exit, run.everything());
        assertFalse(run.everything().contains(sandbox.token()));
    }

    /** Spring's form for keys with special characters. */
    @Test
    void keysInBrackets() throws IOException {
        String lines = "spring.mail.properties[mail.transport.protocol]=cloudflare\n"
                + "spring.mail.properties[mail.cloudflare.account]=" + sandbox.account() + "\n"
                + "spring.mail.properties[mail.cloudflare.token]=" + sandbox.token() + "\n";
        Run run = run("limits", lines).go();
        assertEquals(0, run.exit, run.everything());
    }

    /** In alias mode, the password is that of the mail server before. */
    @Test
    void passwordOfAnotherServer() throws IOException {
        String lines = "spring.mail.password=" + SECRET
                + "\nspring.mail.properties.mail.smtp.class=io.flaremail.CloudflareTransport\n";
        Run run = run("limits", lines)
                .with("--account", sandbox.account())
                .environment("CLOUDFLARE_API_TOKEN", sandbox.token())
                .go();
        assertEquals(0, run.exit, run.everything());
        Run given = run("limits", spring("spring.mail.password=" + SECRET))
                .with("--account", sandbox.account(), "--token", sandbox.token())
                .go();
        assertEquals(0, given.exit, given.everything());
    }

    @Test
    void aPlaceholderWithoutValueIsNamed() throws IOException {
        String lines = spring("spring.mail.properties.mail.cloudflare.token=" + SECRET + "${CF_TOKEN}");
        Run limits = run("limits", lines).go();
        assertEquals(
                "--- standard error\nflaremail: --properties: spring.mail.properties.mail.cloudflare.token: cannot resolve"
                        + " ${CF_TOKEN}\n--- exit code 2\n",
                limits.everything());
        Run doctor = run("doctor", lines)
                .environment("CLOUDFLARE_ACCOUNT_ID", sandbox.account())
                .go();
        assertEquals(1, doctor.exit, doctor.everything());
        String text = doctor.out.replaceAll("\\s+", " ");
        assertTrue(
                text.startsWith("Properties spring.mail.properties.mail.cloudflare.token: cannot resolve ${CF_TOKEN}"
                        + " -> set it as the application does"),
                text);
        assertTrue(text.contains("Token none found"), text);
        assertFalse(doctor.everything().contains(SECRET), doctor.everything());
    }

    /** Those of other software are none of our business. */
    @Test
    void aPlaceholderOfAnotherKeyDoesNotMatter() throws IOException {
        Run run = run("limits", spring("app.url=${NONE}"))
                .with("--account", sandbox.account())
                .environment("CLOUDFLARE_API_TOKEN", sandbox.token())
                .go();
        assertEquals(0, run.exit, run.everything());
    }
}
