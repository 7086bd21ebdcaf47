package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Around and above the buffer: what is announced, what is sent, and what happens when it changes in between. */
class LargeMessageTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 0, 1, 2, 8192, 1_000_000})
    void theLengthIsExactOnBothSidesOfTheBuffersEnd(int beyond) throws Exception {
        MimeMessage message = Mail.parsed(Mail.session(sandbox), "From: a@example.com\n\n");
        int header = Mail.bytes(message).length + 2; // each of two line ends is two bytes more as JSON
        String body = "x".repeat(WireMessage.BUFFERED_AT_MOST - header - 4 + beyond - 2);
        MimeMessage sized = Mail.parsed(Mail.session(sandbox), "From: a@example.com\n\n" + body);
        WireMessage wire = WireMessage.of(sized, WireForm.without(List.of()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        wire.writeTo(out);
        assertEquals(out.size(), wire.length());
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        wire.writeTo(again);
        assertArrayEquals(out.toByteArray(), again.toByteArray());
    }

    @Test
    void smallMessagesAreSerialisedOnceAndLargeOnesTwice() throws Exception {
        Attachment small = new Attachment(read -> new byte[100_000]);
        Attachment large = new Attachment(read -> new byte[1_000_000]);
        Transport.send(with(small));
        Transport.send(with(large));
        assertEquals(1, small.reads);
        assertEquals(2, large.reads);
        assertEquals(2, sandbox.accepted().size());
    }

    @Test
    void fiveMebibytesAndMoreAreTheApisToJudge() throws Exception {
        CloudflareSendFailedException thrown = assertThrows(
                CloudflareSendFailedException.class,
                () -> Transport.send(with(new Attachment(read -> new byte[6_000_000]))));
        assertEquals(400, thrown.getStatus());
        assertTrue(thrown.getMessage().contains("5 MiB"), thrown.getMessage());
    }

    @Test
    void aMessageThatGrowsShrinksOrChangesInBetweenIsNotSent() {
        nothingIsSent(read -> new byte[read == 1 ? 1_000_000 : 1_000_100]);
        nothingIsSent(read -> new byte[read == 1 ? 1_000_000 : 999_900]);
        nothingIsSent(read -> {
            byte[] content = new byte[1_000_000];
            Arrays.fill(content, (byte) read);
            return content;
        });
    }

    @Test
    void aMessageThatFailsTheSecondTimeIsNotSent() {
        MessagingException thrown = nothingIsSent(read -> {
            if (read == 2) {
                throw new UncheckedIOException(new IOException("the file is gone"));
            }
            return new byte[1_000_000];
        });
        assertTrue(thrown.getMessage().contains("second time"), thrown.getMessage());
    }

    private static MessagingException nothingIsSent(IntFunction<byte[]> content) {
        MessagingException thrown =
                assertThrows(MessagingException.class, () -> Transport.send(with(new Attachment(content))));
        assertFalse(thrown instanceof SendFailedException, "known to be unsent");
        assertInstanceOf(IOException.class, thrown.getNextException());
        assertTrue(sandbox.accepted().isEmpty());
        return thrown;
    }

    private static MimeMessage with(DataSource content) throws MessagingException {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setDataHandler(new DataHandler(content));
        message.setHeader("Content-Transfer-Encoding", "base64");
        message.saveChanges();
        assertNull(message.getContentID());
        return message;
    }

    /** Gives what it is told to at each reading; the first reading is number 1. */
    private static final class Attachment implements DataSource {
        private final IntFunction<byte[]> content;
        private int reads;

        private Attachment(IntFunction<byte[]> content) {
            this.content = content;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(content.apply(++reads));
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException("read-only");
        }

        @Override
        public String getContentType() {
            return "application/octet-stream";
        }

        @Override
        public String getName() {
            return "attachment";
        }
    }
}
