package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.flaremail.mime.AsJakartaReads;
import io.flaremail.mime.Corpora;
import io.flaremail.mime.UnencodableContentException;
import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The very same object through us and through SMTP, for each message of the corpora and for many made up. */
class DifferentialTest {
    private static final long SEED = 20261123;
    private static final int GENERATED = 1600;
    private static final Path TABLE = Path.of("target", "differential.md");

    @RegisterExtension
    static final SandboxExtension sandbox =
            new SandboxExtension(Sandbox.builder().acceptAnyHeader(true));

    private static SmtpSide smtp;

    @BeforeAll
    static void startSmtp() throws Exception {
        smtp = new SmtpSide();
    }

    @AfterAll
    static void stopSmtp() throws Exception {
        smtp.close();
    }

    @Test
    void whatArrivesIsWhatWouldHaveArrivedThroughSmtp() throws Exception {
        Session session = Mail.session(sandbox, "mail.cloudflare.from", Mail.FROM, "mail.cloudflare.strip", "");
        DifferentialTable table = new DifferentialTable();
        try (Transport transport = session.getTransport()) {
            transport.connect();
            for (Corpora.Sample sample : Corpora.messages()) {
                MimeMessage message = Mail.parsed(session, sample.bytes());
                table.count(sample.name().replaceFirst(":.*", ""), compare(message, transport, sample.name()));
            }
            Session rawUtf8 = Mail.session(sandbox, "mail.mime.allowutf8", "true");
            for (long seed = SEED; seed < SEED + GENERATED; seed++) {
                MimeMessage message = Mail.parsed(seed % 8 == 1 ? rawUtf8 : session, MessageGenerator.message(seed));
                if (seed % 8 == 0) {
                    writtenAnew(message);
                }
                table.count("generated", compare(message, transport, "seed " + seed));
            }
        }
        Files.writeString(TABLE, table.toString());
        table.assertComplete(GENERATED);
    }

    /** Has Jakarta Mail take the message apart and put it together again. */
    private static void writtenAnew(MimeMessage message) {
        try {
            message.saveChanges();
        } catch (MessagingException unreadable) {
            assertNotNull(unreadable.getMessage(), "such a message stays, more or less, as it was parsed");
        }
    }

    private static Comparison compare(MimeMessage message, Transport transport, String about) throws Exception {
        List<Header> headers = Collections.list(message.getAllHeaders());
        List<String> fields = Collections.list(message.getAllHeaderLines());
        byte[] before = Mail.bytes(message);
        Optional<UnencodableContentException> refusal = send(message, transport);
        assertArrayEquals(before, Mail.bytes(message), "the caller's message is as it was, " + about);
        assertEquals(fields, Collections.list(message.getAllHeaderLines()), about);
        assertEquals(headers, Collections.list(message.getAllHeaders()), "the very header objects, " + about);

        byte[] expected = smtp.receive(message);
        boolean stored = smtp.isStoredAs(expected, message);
        if (refusal.isPresent()) {
            assertEquals(0, sandbox.requests().size(), about);
            return Comparison.refused(refusal.get(), expected, stored);
        }
        byte[] actual = sandbox.accepted().get(0).mime();
        sandbox.get().reset();
        expected = withFrom(expected, message);
        if (isUtf8(expected)) {
            assertEquals(text(expected), text(actual), about);
            return Comparison.equal(stored);
        }
        AsJakartaReads.assertAlike(expected, actual, about);
        return Comparison.rewritten(stored);
    }

    /** The API refuses a message without From, so one is put before it: the Sender, else the envelope's. */
    private static byte[] withFrom(byte[] expected, MimeMessage message) throws MessagingException {
        String from = message.getHeader("From", null);
        if (from != null && !from.isBlank()) {
            return expected;
        }
        String sender = message.getHeader("Sender", null);
        String added = "From: " + (sender == null || sender.isBlank() ? Mail.FROM : sender.trim()) + "\r\n";
        String rest = from == null ? text(expected) : text(expected).replaceFirst("(?im)^From:[ \t]*\r\n", "");
        return (added + rest).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<UnencodableContentException> send(MimeMessage message, Transport transport)
            throws MessagingException {
        try {
            transport.sendMessage(message, Mail.addresses("b@example.net"));
            return Optional.empty();
        } catch (MessagingException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnencodableContentException refusal) {
                    return Optional.of(refusal);
                }
            }
            throw e;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Eight bits a character, so that a difference shows. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
