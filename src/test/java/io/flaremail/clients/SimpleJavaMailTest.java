package io.flaremail.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.email.Recipient;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Simple Java Mail makes its own session and asks for smtp or smtps by name: {@code mail.smtp.class} finds us there. */
class SimpleJavaMailTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @ParameterizedTest
    @EnumSource(TransportStrategy.class)
    void sendsWithEachStrategy(TransportStrategy strategy) throws Exception {
        Mailer mailer = mailer(strategy, Letter.asSmtp(sandbox));
        mailer.sendMail(letter().buildEmail()).get();
        Letter.assertArrived(sandbox);
    }

    @Test
    void sendsThroughASessionThatItIsGiven() throws Exception {
        Mailer mailer = MailerBuilder.usingSession(Session.getInstance(Letter.byName(sandbox)))
                .buildMailer();
        mailer.sendMail(letter().buildEmail()).get();
        Letter.assertArrived(sandbox);
    }

    @Test
    void itsBounceAddressIsTheEnvelopeSender() throws Exception {
        Email email = letter().withBounceTo("returns@example.com").buildEmail();
        mailer(TransportStrategy.SMTP_TLS, Letter.asSmtp(sandbox))
                .sendMail(email)
                .get();
        assertEquals("returns@example.com", sandbox.accepted().get(0).from());
    }

    @Test
    void itsOverrideReceiversAreTheOnlyRecipients() throws Exception {
        Email email = letter().withOverrideReceivers(new Recipient(null, "instead@example.net", null))
                .buildEmail();
        mailer(TransportStrategy.SMTP_TLS, Letter.asSmtp(sandbox))
                .sendMail(email)
                .get();
        assertEquals(List.of("instead@example.net"), sandbox.accepted().get(0).recipients());
    }

    @Test
    void aBounceIsItsOwnExceptionWithOurs() throws Exception {
        Email email = letter().to(Letter.BOUNCES).buildEmail();
        Mailer mailer = mailer(TransportStrategy.SMTP_TLS, Letter.asSmtp(sandbox));
        MailException thrown = assertThrows(MailException.class, () -> mailer.sendMail(email));
        assertBounced(thrown);
    }

    @Test
    void aBounceOfAnAsynchronousSendFailsItsFuture() throws Exception {
        Email email = letter().to(Letter.BOUNCES).buildEmail();
        Mailer mailer = mailer(TransportStrategy.SMTP_TLS, Letter.asSmtp(sandbox));
        CompletableFuture<Void> sent = mailer.sendMail(email, true);
        ExecutionException thrown = assertThrows(ExecutionException.class, sent::get);
        assertBounced(thrown.getCause());
    }

    private static void assertBounced(Throwable theirs) throws Exception {
        SendFailedException why = assertInstanceOf(SendFailedException.class, theirs.getCause());
        assertArrayEquals(new Address[] {new InternetAddress(Letter.BOUNCES)}, why.getInvalidAddresses());
        assertEquals(3, why.getValidSentAddresses().length);
        assertEquals(1, sandbox.mailbox(Letter.TO).size());
    }

    @Test
    void testsItsConnection() throws Exception {
        Properties properties = Letter.asSmtp(sandbox);
        properties.setProperty("mail.cloudflare.verify", "true");
        mailer(TransportStrategy.SMTP, properties).testConnection();
        assertEquals(1, sandbox.requests().size());
        properties.setProperty("mail.cloudflare.token", "not-the-token");
        Mailer mailer = mailer(TransportStrategy.SMTP, properties);
        MailException thrown = assertThrows(MailException.class, mailer::testConnection);
        assertInstanceOf(AuthenticationFailedException.class, thrown.getCause());
    }

    /** As an application was configured for SMTP; {@code smtps} has a property of its own. */
    private static Mailer mailer(TransportStrategy strategy, Properties properties) {
        if (strategy == TransportStrategy.SMTPS) {
            properties.setProperty("mail.smtps.class", properties.getProperty("mail.smtp.class"));
        }
        return MailerBuilder.withSMTPServer("smtp.example.invalid", 587, "smtp-user", "smtp-password")
                .withTransportStrategy(strategy)
                .withProperties(properties)
                .buildMailer();
    }

    private static EmailPopulatingBuilder letter() {
        return EmailBuilder.startingBlank()
                .from(Letter.FROM)
                .to(Letter.TO)
                .cc(Letter.CC)
                .bcc(Letter.BCC)
                .withSubject(Letter.SUBJECT)
                .withPlainText(Letter.TEXT)
                .withHTMLText(Letter.HTML)
                .withAttachment(Letter.FILE, Letter.FILE_BYTES, "application/pdf");
    }
}
