package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.SmtpServer;
import io.flaremail.sandbox.SandboxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application with a form for an SMTP server, which passes host, port, user and password to its session, and no more. */
@Timeout(300)
class FormJarIT {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    @RegisterExtension
    final SmtpServer smtp = new SmtpServer();

    /** Both hosts in one process, in turns, by the static method and by a transport that is cast to the provider's. */
    @ParameterizedTest
    @EnumSource
    void theHostDecides(MailImplementation mail) throws Exception {
        Jvm jvm = run(mail);
        assertEquals(0, jvm.exit(), jvm::err);
        assertEquals("", jvm.err());
        assertEquals(
                List.of(
                        "cloudflare: sent",
                        "smtp: sent",
                        "cloudflare, cast: opened, delivered, closed",
                        "smtp, cast: opened, delivered, closed",
                        "bounce@example.net: invalid bounce@example.net",
                        "wrong token: Cloudflare does not accept the API token from the password: HTTP 401"),
                jvm.out()
                        .lines()
                        .map(line -> line.replaceAll("(HTTP 401).*", "$1"))
                        .toList());
        assertEquals(3, sandbox.mailbox("ada@example.net").size());
        assertEquals(2, smtp.received().length);
        String mime = new String(sandbox.accepted().get(0).mime(), StandardCharsets.UTF_8);
        assertTrue(mime.contains("Subject: Your invoice\r\n"), mime);
    }

    /** The mail jars come last, since an old API asks the first only. */
    private Jvm run(MailImplementation mail) throws Exception {
        Path classes = Compiled.into(
                folder.resolve("classes"), mail.classPath(), mail.isJavax(), Path.of("src/it/apps/Form.java"));
        ClassPath all = ClassPath.of(mail.dropIn().path(), DropInJar.form())
                .and(mail.classPath())
                .and(classes);
        return Jvm.run(
                "-Dmail.cloudflare.endpoint=" + sandbox.endpoint(),
                "-cp",
                all.toString(),
                "Form",
                mail.smtpTransport(),
                String.valueOf(smtp.port()),
                sandbox.account(),
                sandbox.token());
    }
}
