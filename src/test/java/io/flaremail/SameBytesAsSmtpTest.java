package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same message through us and through Angus Mail's SMTP transport: what arrives is equal to the byte. */
class SameBytesAsSmtpTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static GreenMail smtp;

    @BeforeAll
    static void startSmtp() {
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
    }

    @AfterAll
    static void stopSmtp() {
        smtp.stop();
    }

    /** Makes a message for a session; made twice, with one Message-ID, so that neither transport sees the other's. */
    private interface Composer {
        MimeMessage compose(Session session) throws Exception;
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                composed("plain text", session -> Mail.message(session, "a@example.net")),
                composed("text without a last line end", session -> text(session, "no line end", "us-ascii")),
                composed("an empty body", session -> text(session, "", "us-ascii")),
                composed("lines that start with dots", session -> text(session, ".\n..\n.x\n", "us-ascii")),
                composed("German, quoted-printable", session -> text(session, "Grüße aus Köln\n", "utf-8")),
                composed("Japanese, base64", session -> text(session, "請求書をお送りします\n", "utf-8")),
                composed("long lines", session -> text(session, "x".repeat(5000) + "\n", "us-ascii")),
                composed("controls", session -> text(session, "\u0000\u0001\u001b[0m\u007f\t\"\\/\b\f\n", "us-ascii")),
                composed("HTML, inline image, attachment", session -> rich(session, 3_000)),
                composed("an attachment over the buffer", session -> rich(session, 400_000)),
                composed("a forwarded message with a Bcc of its own", SameBytesAsSmtpTest::forwarding),
                composed("folded and repeated fields", SameBytesAsSmtpTest::manyFields),
                raw("LF only", "From: a@example.com\nTo: b@example.net\nSubject: lf\n\none\ntwo\n"),
                raw("CR only in the body", "From: a@example.com\r\nSubject: cr\r\n\r\none\rtwo\r\r\nthree"),
                raw("no body", "From: a@example.com\r\nSubject: nothing\r\n\r\n"),
                raw(
                        "with Bcc and Content-Length",
                        "Bcc: x@example.net\r\nFrom: a@example.com\r\nContent-Length: 5\r\n\r\nhello"),
                raw(
                        "a broken multipart",
                        "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhi\r\n"),
                raw(
                        "an odd header",
                        "From: a@example.com\r\nno colon here\r\n X-Fold: y\r\nSubject : spaced\r\n\r\nbody\r\n"),
                raw(
                        "raw UTF-8",
                        "From: a@example.com\r\nSubject: ½ Grüße\r\nContent-Transfer-Encoding: 8bit\r\n\r\n€uro 😀\r\n"));
    }

    private static Arguments composed(String name, Composer composer) {
        return Arguments.of(name, composer);
    }

    private static Arguments raw(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arguments.of(name, (Composer) session -> Mail.parsed(session, bytes));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void arrivesAsThroughSmtp(String name, Composer composer) throws Exception {
        MimeMessage ours = composer.compose(Mail.session(sandbox, "mail.cloudflare.from", Mail.FROM));
        byte[] before = Mail.bytes(ours);
        transport(ours);
        byte[] wire = sandbox.accepted().get(0).mime();
        assertArrayEquals(before, Mail.bytes(ours), "the caller's message is as it was");

        MimeMessage theirs = Mail.parsed(smtpSession(), before);
        byte[] received = throughSmtp(theirs);
        assertEquals(text(received), text(wire));
        assertArrayEquals(received, wire);
        assertEquals(
                withoutMessageId(text(wire)),
                withoutMessageId(text(sandbox.mailbox("b@example.net").get(0))));
        assertNotEquals(text(wire), text(sandbox.mailbox("b@example.net").get(0)), "the service sets the Message-ID");
    }

    private static void transport(MimeMessage message) throws Exception {
        try (Transport transport = message.getSession().getTransport()) {
            transport.connect();
            transport.sendMessage(message, Mail.addresses("b@example.net"));
        }
    }

    private static byte[] throughSmtp(MimeMessage message) throws Exception {
        smtp.purgeEmailFromAllMailboxes();
        try (Transport transport = message.getSession().getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(message, Mail.addresses("b@example.net"));
        }
        assertTrue(smtp.waitForIncomingEmail(1));
        return asReceived(text(Mail.bytes(smtp.getReceivedMessages()[0])));
    }

    /**
     * GreenMail puts two trace fields on top and takes off the last CRLF, which DATA cannot do without. Where nothing but
     * the header is left, it puts one on again.
     */
    private static byte[] asReceived(String stored) {
        String traced = "Return-Path: <" + Mail.FROM + ">\r\nReceived: from 127.0.0.1 (HELO ";
        assertTrue(stored.startsWith(traced), stored);
        String rest = stored.substring(stored.indexOf("\r\n", traced.length()) + 2);
        String received = rest.indexOf("\r\n\r\n") == rest.length() - 4 ? rest : rest + "\r\n";
        return received.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Session smtpSession() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(smtp.getSmtp().getPort()));
        properties.put("mail.smtp.from", Mail.FROM);
        return Session.getInstance(properties);
    }

    /** Eight bits a character, so that a difference shows. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String withoutMessageId(String message) {
        return message.replaceFirst("(?i)(^|\r\n)Message-ID:[^\r]*(\r\n[ \t][^\r]*)*\r\n", "$1");
    }

    private static MimeMessage text(Session session, String text, String charset) throws Exception {
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setSubject("Betreff: größer", "utf-8");
        message.setText(text, charset);
        message.saveChanges();
        return message;
    }

    private static MimeMessage rich(Session session, int attachmentSize) throws Exception {
        MimeMessage message = Mail.message(session, "a@example.net");
        message.addRecipients(Message.RecipientType.BCC, Mail.addresses("hidden@example.net"));
        MimeBodyPart html = new MimeBodyPart();
        html.setText("<p>Hello <img src=\"cid:logo\"></p>\n", "utf-8", "html");
        MimeMultipart related = new MimeMultipart("related", html, attachment("image/png", 500, "logo.png"));
        MimeBodyPart body = new MimeBodyPart();
        body.setContent(related);
        message.setContent(new MimeMultipart(body, attachment("application/pdf", attachmentSize, "rechnung €.pdf")));
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart attachment(String type, int size, String name) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setFileName(name);
        part.setContentID("<logo>");
        return part;
    }

    private static MimeMessage forwarding(Session session) throws Exception {
        MimeBodyPart forwarded = new MimeBodyPart();
        forwarded.setContent(
                Mail.parsed(session, "From: x@example.org\r\nBcc: kept@example.org\r\nSubject: old\r\n\r\nold\r\n"),
                "message/rfc822");
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setContent(new MimeMultipart(forwarded));
        message.saveChanges();
        return message;
    }

    private static MimeMessage manyFields(Session session) throws Exception {
        MimeMessage message = Mail.message(session, "a@example.net");
        message.addHeader("X-Twice", "1");
        message.addHeader("X-Twice", "2");
        message.addHeader("References", "<a@example.com>\r\n <b@example.com>\r\n\t<c@example.com>");
        message.saveChanges();
        return message;
    }
}
