package io.flaremail.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.dropin.Program;
import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.SandboxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Libraries that send mail by SMTP, as they were published, each with a drop-in jar beside it: only the configuration changes. The mail
 * server that they are told of exists nowhere.
 */
class OtherPeoplesMailIT {
    private static final String LOG4J = "org.apache.logging.log4j:log4j-slf4j2-impl:2.25.5";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path directory;

    /** How an application says who it is: in the place of the mail server's user and password, or as system properties. */
    enum Credentials {
        IN_THE_APPENDER("mail.username", "mail.password"),
        AS_PROPERTIES("mail.cloudflare.account", "mail.cloudflare.token");

        private final String account;
        private final String token;

        Credentials(String account, String token) {
            this.account = account;
            this.token = token;
        }

        Map<String, String> properties() {
            return Map.of(account, sandbox.account(), token, sandbox.token());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "JAVAX, ch.qos.logback:logback-classic:1.2.13,               IN_THE_APPENDER",
        "ALL,   ch.qos.logback:logback-classic:1.5.38,               IN_THE_APPENDER",
        "ALL,   ch.qos.logback:logback-classic:1.5.38,               AS_PROPERTIES",
        "JAVAX, org.apache.logging.log4j:log4j-core:2.25.5,          IN_THE_APPENDER",
        "ALL,   org.apache.logging.log4j:log4j-jakarta-smtp:2.25.5,  IN_THE_APPENDER",
        "ALL,   org.apache.logging.log4j:log4j-jakarta-smtp:2.25.5,  AS_PROPERTIES",
    })
    void logsMailErrors(DropInJar jar, String log, Credentials credentials) throws Exception {
        logging(jar, log)
                .with("mail.smtp.class", "io.flaremail.CloudflareTransport")
                .with("mail.cloudflare.endpoint", sandbox.endpoint().toString())
                .with(credentials.properties())
                .run(directory);
        assertMailed("orders: no room for order 17", "ERROR no room for order 17");
    }

    /** Log4j asks for a transport by the name that its appender has in smtpProtocol, so ours may stand there. */
    @ParameterizedTest
    @CsvSource({
        "JAVAX, org.apache.logging.log4j:log4j-core:2.25.5",
        "ALL,   org.apache.logging.log4j:log4j-jakarta-smtp:2.25.5",
    })
    void log4jMayNameTheProtocol(DropInJar jar, String log) throws Exception {
        logging(jar, log)
                .with("mail.protocol", "cloudflare")
                .with("mail.cloudflare.endpoint", sandbox.endpoint().toString())
                .with(Credentials.IN_THE_APPENDER.properties())
                .run(directory);
        assertMailed("orders: no room for order 17", "ERROR no room for order 17");
    }

    private static Program logging(DropInJar jar, String log) {
        ClassPath path = log.contains("log4j") ? ClassPath.of(log, LOG4J) : ClassPath.of(log);
        return new Program("LogsAnError.java", MailLibrary.with(jar).and(path))
                .with("logback.configurationFile", Program.file("logback.xml"))
                .with("log4j2.configurationFile", Program.file("log4j2.xml"));
    }

    /** All is in the endpoint's URI; Camel passes on what begins with {@code mail.}, and user and password to connect. */
    @ParameterizedTest
    @CsvSource({
        "username={account}&password=RAW({token})",
        "username=orders&password=of-the-mail-server"
                + "&mail.cloudflare.account={account}&mail.cloudflare.token=RAW({token})",
    })
    void camelMails(String credentials) throws Exception {
        ClassPath camel = ClassPath.of(
                "org.apache.camel:camel-main:4.22.0",
                "org.apache.camel:camel-direct:4.22.0",
                "org.apache.camel:camel-mail:4.22.0",
                "org.slf4j:slf4j-simple:2.0.17");
        String endpoint = "smtp://mail.invalid?from=orders@example.com&to=grace@example.org,ada@example.org"
                + "&subject=orders: no room&mail.smtp.class=io.flaremail.CloudflareTransport"
                + "&mail.cloudflare.endpoint=" + sandbox.endpoint() + "&" + credentials;
        new Program("CamelRoute.java", camel.and(DropInJar.ALL.path()))
                .with("org.slf4j.simpleLogger.defaultLogLevel", "warn")
                .with(
                        "orders.mail",
                        endpoint.replace("{account}", sandbox.account()).replace("{token}", sandbox.token()))
                .run(directory);
        assertMailed("orders: no room", "no room for order 17");
    }

    private static void assertMailed(String subject, String text) {
        assertEquals(1, sandbox.accepted().size());
        Accepted mail = sandbox.accepted().get(0);
        assertEquals("orders@example.com", mail.from());
        assertEquals(List.of("grace@example.org", "ada@example.org"), mail.recipients());
        String mime = new String(mail.mime(), StandardCharsets.UTF_8);
        assertTrue(mime.contains("Subject: " + subject + "\r\n") && mime.contains(text), mime);
    }
}
