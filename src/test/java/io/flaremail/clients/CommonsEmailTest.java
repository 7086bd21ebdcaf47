package io.flaremail.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.mail2.core.EmailException;
import org.apache.commons.mail2.jakarta.HtmlEmail;
import org.apache.commons.mail2.jakarta.MultiPartEmail;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Apache Commons Email, given a session. Its own tests, given none, run in surefire's execution commons-email. */
class CommonsEmailTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    static Stream<Named<Supplier<Properties>>> sessions() {
        return Stream.of(
                Named.of("by name", () -> Letter.byName(sandbox)), Named.of("as smtp", () -> Letter.asSmtp(sandbox)));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void sendsHtml(Supplier<Properties> session) throws Exception {
        HtmlEmail email = addressed(new HtmlEmail(), session.get());
        email.setHtmlMsg(Letter.HTML);
        email.setTextMsg(Letter.TEXT);
        attach(email);
        email.send();
        Letter.assertArrived(sandbox);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void sendsSeveralParts(Supplier<Properties> session) throws Exception {
        MultiPartEmail email = addressed(new MultiPartEmail(), session.get());
        email.addPart(Letter.HTML, "text/html; charset=UTF-8");
        attach(email);
        email.send();
        Letter.assertArrived(sandbox);
    }

    /** Without a session of ours it makes one from the system properties, and puts its own settings there as SMTP's. */
    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void itsBounceAddressIsTheEnvelopeSender() throws Exception {
        Properties before = (Properties) System.getProperties().clone();
        try {
            Letter.asSmtp(sandbox).forEach((key, value) -> System.setProperty((String) key, (String) value));
            MultiPartEmail email = addressed(new MultiPartEmail());
            email.setHostName("smtp.example.invalid");
            email.setAuthentication("smtp-user", "smtp-password");
            email.setStartTLSRequired(true);
            email.setBounceAddress("returns@example.com");
            email.setMsg(Letter.TEXT);
            email.send();
        } finally {
            System.setProperties(before);
        }
        assertEquals("returns@example.com", sandbox.accepted().get(0).from());
    }

    @Test
    void aBounceIsItsOwnExceptionWithOurs() throws Exception {
        MultiPartEmail email = addressed(new MultiPartEmail(), Letter.byName(sandbox));
        email.addTo(Letter.BOUNCES);
        email.setMsg(Letter.TEXT);
        EmailException thrown = assertThrows(EmailException.class, email::send);
        SendFailedException why = assertInstanceOf(SendFailedException.class, thrown.getCause());
        assertArrayEquals(new Address[] {new InternetAddress(Letter.BOUNCES)}, why.getInvalidAddresses());
        assertEquals(3, why.getValidSentAddresses().length);
        assertEquals(1, sandbox.mailbox(Letter.TO).size());
    }

    private static <E extends MultiPartEmail> E addressed(E email, Properties session) throws EmailException {
        email.setMailSession(Session.getInstance(session));
        return addressed(email);
    }

    private static <E extends MultiPartEmail> E addressed(E email) throws EmailException {
        email.setCharset("UTF-8");
        email.setFrom(Letter.FROM);
        email.addTo(Letter.TO);
        email.addCc(Letter.CC);
        email.addBcc(Letter.BCC);
        email.setSubject(Letter.SUBJECT);
        return email;
    }

    private static void attach(MultiPartEmail email) throws EmailException {
        email.attach(new ByteArrayDataSource(Letter.FILE_BYTES, "application/pdf"), Letter.FILE, "the invoice");
    }
}
