package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test sees of the mail that its application sent. */
@Timeout(60)
class MessagesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Sandbox sandbox = Sandbox.start();
    private final TestClient client = new TestClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void send(String subject, String text, String... to) throws Exception {
        String mime = "From: ada@example.com\r\nSubject: " + subject + "\r\n\r\n" + text + "\r\n";
        assertEquals(200, client.send(mime, List.of(to)).statusCode());
    }

    private static List<String> subjects(Messages messages) {
        return messages.list().stream().map(ReceivedMessage::subject).toList();
    }

    @Test
    void selection() throws Exception {
        send("Welcome", "Hello Grace", "grace@example.org");
        send("Your order 17", "17 pieces", "grace@example.org", "ada@example.org");
        Messages all = sandbox.messages();
        assertEquals(List.of("Welcome", "Your order 17"), subjects(all));
        assertEquals(List.of("Your order 17"), subjects(all.to("ADA@example.org")));
        assertEquals(List.of("Welcome"), subjects(all.to("grace@example.org").subject("welcome")));
        assertEquals(List.of("Welcome", "Your order 17"), subjects(all.from("Ada@example.com")));
        assertEquals(List.of("Your order 17"), subjects(all.containing("PIECES")));
        assertEquals(List.of("Your order 17"), subjects(all.containing("ada@example.org")));
        assertEquals(List.of(), subjects(all.to("grace@example.org").containing("nothing")));
    }

    @Test
    void everythingOfAMessage() throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("ada@example.com");
        message.setRecipients(Message.RecipientType.TO, "grace@example.org");
        message.setSubject("Gr\u00fc\u00dfe \u2709", "UTF-8");
        message.setHeader("X-Order", "17");
        MimeMultipart alternative = new MimeMultipart("alternative");
        alternative.addBodyPart(part("Stra\u00dfe", "text/plain; charset=iso-8859-1"));
        alternative.addBodyPart(part("<b>Stra\u00dfe</b>", "text/html; charset=utf-8"));
        MimeBodyPart body = new MimeBodyPart();
        body.setContent(alternative);
        MimeBodyPart file = new MimeBodyPart();
        file.setDataHandler(
                new jakarta.activation.DataHandler(new ByteArrayDataSource(new byte[] {1, 2, 3}, "application/pdf")));
        file.setFileName("Rechnung f\u00fcr dich.pdf");
        MimeMultipart mixed = new MimeMultipart();
        mixed.addBodyPart(body);
        mixed.addBodyPart(file);
        message.setContent(mixed);
        message.saveChanges();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        client.send(out.toString(StandardCharsets.UTF_8), List.of("grace@example.org"));

        ReceivedMessage received = sandbox.messages().await(SOON);
        assertEquals("Gr\u00fc\u00dfe \u2709", received.subject());
        assertEquals("Stra\u00dfe", received.text());
        assertEquals("<b>Stra\u00dfe</b>", received.html());
        assertEquals(Optional.of("17"), received.header("x-order"));
        assertEquals(Optional.empty(), received.header("X-Other"));
        assertEquals(List.of("grace@example.org"), received.recipients());
        ReceivedAttachment attachment = received.attachments().get(0);
        assertEquals("\"Rechnung f\u00fcr dich.pdf\" application/pdf, 3 bytes", attachment.toString());
        assertArrayEquals(new byte[] {1, 2, 3}, attachment.content());
        assertEquals("from ada@example.com to grace@example.org: \"Gr\u00fc\u00dfe \u2709\"", received.toString());
        assertTrue(new String(received.raw(), StandardCharsets.US_ASCII).contains("Message-ID: <" + received.id()));
    }

    private static MimeBodyPart part(String text, String type) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(text, type);
        return part;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain; charset=nonsense\r\n\r\nHello",
                "Content-Type: ///\r\n\r\nHello",
                "Content-Type: multipart/mixed\r\n\r\nHello",
                "Content-Type: multipart/mixed; boundary=x\r\n\r\n--y\r\n\r\nHello",
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: nonsense\r\n\r\nHello",
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n****",
                "Content-Disposition: ;;;=\r\n\r\nHello",
                "Subject: =?nonsense?Q?Hi?=\r\n\r\nHello"
            })
    void aMessageThatIsBrokenIsShown(String mime) throws Exception {
        assertEquals(
                200,
                client.send("From: ada@example.com\r\n" + mime, List.of("grace@example.org"))
                        .statusCode());
        ReceivedMessage received = sandbox.messages().await(SOON);
        received.attachments();
        received.subject();
        assertFalse(received.text().length() > 100);
    }

    @Test
    void waitsForAMessageThatMatches() throws Exception {
        Messages welcome = sandbox.messages().to("grace@example.org").subject("Welcome");
        CompletableFuture<ReceivedMessage> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return welcome.await(SOON);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        send("Other", "text", "grace@example.org");
        send("Welcome", "text", "ada@example.org");
        assertFalse(waiting.isDone());
        send("Welcome", "text", "grace@example.org");
        assertEquals("Welcome", waiting.get().subject());
    }

    @Test
    void aMessageThatDoesNotComeIsSaidWithThoseThatDid() throws Exception {
        send("Other", "text", "grace@example.org");
        Messages welcome = sandbox.messages().subject("Welcome");
        IllegalStateException none =
                assertThrows(IllegalStateException.class, () -> welcome.await(2, Duration.ofMillis(50)));
        assertEquals(
                "0 of 2 messages with the subject \"Welcome\" after PT0.05S; accepted: [from ada@example.com to"
                        + " grace@example.org: \"Other\"]",
                none.getMessage());
        sandbox.close();
        assertThrows(IllegalStateException.class, () -> welcome.await(SOON));
    }
}
