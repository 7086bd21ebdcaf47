package io.flaremail.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.PrivateCa;
import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.dropin.Program;
import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Quartz's SendMailJob, as it was published. It passes on job data that begin with {@code mail.smtp.}, and nothing else: no property of
 * ours and no system property gets into its mail session. So account and token are its user and password, and what speaks HTTPS to
 * api.cloudflare.com here is led to a sandbox by {@code mail.smtp.proxy.host}.
 */
class QuartzMailIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "JAVAX, org.quartz-scheduler:quartz-jobs:2.3.2, org.quartz-scheduler:quartz:2.3.2, org.slf4j:slf4j-simple:1.7.36",
        "ALL,   org.quartz-scheduler:quartz-jobs:2.5.2, org.quartz-scheduler:quartz:2.5.2, org.slf4j:slf4j-simple:2.0.17",
    })
    void quartzMails(DropInJar jar, String jobs, String quartz, String log) throws Exception {
        PrivateCa ca = new PrivateCa(directory);
        Program program = new Program("QuartzJob.java", MailLibrary.with(jar).and(ClassPath.of(jobs, quartz, log)))
                .with("org.slf4j.simpleLogger.defaultLogLevel", "warn")
                .with("org.quartz.scheduler.skipUpdateCheck", "true")
                .with(ca.trusted());
        try (Sandbox sandbox = Sandbox.builder()
                        .tls(ca.server("dns:api.cloudflare.com"))
                        .start();
                Tunnel proxy = new Tunnel(sandbox.endpoint().getPort())) {
            program.run(directory, jobData(sandbox, proxy));
            assertEquals(Set.of("CONNECT api.cloudflare.com:443 HTTP/1.1"), Set.copyOf(proxy.asked()));
            assertEquals(2, sandbox.accepted().size());
            sandbox.accepted().forEach(QuartzMailIT::assertMail);
        }
    }

    private static String[] jobData(Sandbox sandbox, Tunnel proxy) {
        return new String[] {
            "smtp_host=mail.invalid",
            "username=" + sandbox.account(),
            "password=" + sandbox.token(),
            "mail.smtp.class=io.flaremail.CloudflareTransport",
            "mail.smtp.proxy.host=127.0.0.1",
            "mail.smtp.proxy.port=" + proxy.port(),
            "sender=orders@example.com",
            "recipient=grace@example.org",
            "cc_recipient=ada@example.org",
            "subject=Report of the night",
            "message=17 orders came in"
        };
    }

    private static void assertMail(Accepted mail) {
        assertEquals("orders@example.com", mail.from());
        assertEquals(List.of("grace@example.org", "ada@example.org"), mail.recipients());
        String mime = new String(mail.mime(), StandardCharsets.UTF_8);
        assertTrue(mime.contains("Subject: Report of the night\r\n"), mime);
        assertTrue(mime.endsWith("\r\n\r\n17 orders came in\r\n"), mime);
    }
}
