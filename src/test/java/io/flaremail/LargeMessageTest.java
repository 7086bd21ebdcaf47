package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Around and above the buffer: what is announced, what is sent, and that messages which differ each time go out. */
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
        try (WireMessage wire = WireMessage.of(sized, HeaderRules.without(List.of()))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            wire.writeTo(out);
            assertEquals(out.size(), wire.length());
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            wire.writeTo(again);
            assertArrayEquals(out.toByteArray(), again.toByteArray());
        }
    }

    @Test
    void everyMessageIsSerialisedOnce() throws Exception {
        Attachment small = new Attachment(read -> new byte[100_000]);
        Attachment large = new Attachment(read -> new byte[1_000_000]);
        Transport.send(with(small));
        Transport.send(with(large));
        assertEquals(1, small.reads);
        assertEquals(1, large.reads);
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

    static Stream<Arguments> contentsThatDiffer() {
        byte[] first = new byte[1_000_000];
        Arrays.fill(first, (byte) 1);
        IntFunction<byte[]> gone = read -> {
            throw new UncheckedIOException(new IOException("the file is gone"));
        };
        return Stream.of(
                differing("a log file that grows", read -> Arrays.copyOf(first, 1_000_000 + (read - 1) * 100), first),
                differing("a file that is truncated", read -> Arrays.copyOf(first, read == 1 ? 1_000_000 : 10), first),
                differing("a source that is empty once read", read -> read == 1 ? first : new byte[0], first),
                differing("a source that fails once read", read -> read == 1 ? first : gone.apply(read), first),
                differing("a message that signs itself", read -> filled(1_000_000, read), filled(1_000_000, 1)));
    }

    private static Arguments differing(String name, IntFunction<byte[]> content, byte[] first) {
        return Arguments.of(Named.of(name, content), first);
    }

    private static byte[] filled(int length, int value) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) value);
        return content;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contentsThatDiffer")
    void whatDiffersEachTimeGoesOutAsItWasFirst(IntFunction<byte[]> content, byte[] first) throws Exception {
        Transport.send(with(new Attachment(content)));
        assertArrayEquals(first, received());
    }

    /** The second try sends what the first did, and the 429 of a last try is what the application hears. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void triesSendTheSameBytes(int busy) throws Exception {
        Fault throttled =
                Fault.error(429, 10004, "email.sending.error.throttled").header("Retry-After", "0");
        Collections.nCopies(busy, throttled).forEach(sandbox::fail);
        Attachment growing = new Attachment(read -> filled(1_000_000 + read, 1));
        if (busy < 3) {
            Transport.send(with(growing));
            assertArrayEquals(filled(1_000_001, 1), received());
        } else {
            CloudflareSendFailedException thrown =
                    assertThrows(CloudflareSendFailedException.class, () -> Transport.send(with(growing)));
            assertEquals(429, thrown.getStatus());
            assertTrue(thrown.isRetryable());
            assertEquals(3, thrown.getReport().getAttempts());
        }
        assertEquals(1, growing.reads);
    }

    @Test
    void aMessageThatCannotBeSerialisedIsNotSent() {
        MessagingException thrown = nothingIsSent(read -> {
            throw new UncheckedIOException(new IOException("the file is gone"));
        });
        assertTrue(thrown.getMessage().contains("the file is gone"), thrown.getMessage());
    }

    enum Ending {
        ACCEPTED,
        REFUSED,
        BOUNCED,
        CUT_OFF,
        CUT_OFF_WHILE_SENDING,
        ERROR_IN_THE_MESSAGE,
        EXCEPTION_IN_THE_MESSAGE,
        ERROR_IN_THE_LISTENER,
        INTERRUPTED
    }

    /** However a send ends, no file of it is left behind, named or open. */
    @ParameterizedTest
    @EnumSource(Ending.class)
    void noFileIsLeftBehind(Ending ending) throws Exception {
        Set<String> before = files();
        byte[] content = new byte[1_000_000];
        Attachment attachment = new Attachment(read -> content);
        attachment.atTheEnd = failure(ending);
        Session session = Mail.session(sandbox, "mail.cloudflare.retries", "0");
        Set<String> during = new HashSet<>();
        session.getProperties().put("mail.cloudflare.listener", (SendListener) report -> {
            during.addAll(files());
            if (ending == Ending.ERROR_IN_THE_LISTENER) {
                throw new NoClassDefFoundError("in a test");
            }
        });
        if (ending == Ending.REFUSED) {
            sandbox.fail(Fault.error(500, 10003, "email.sending.error.not_implemented"));
        } else if (ending == Ending.CUT_OFF) {
            sandbox.fail(Fault.reset());
        } else if (ending == Ending.CUT_OFF_WHILE_SENDING) {
            sandbox.fail(Fault.resetBeforeBody());
        } else if (ending == Ending.INTERRUPTED) {
            Thread.currentThread().interrupt();
        }
        MimeMessage message = with(session, attachment);
        boolean isSent =
                ending == Ending.ACCEPTED || ending == Ending.ERROR_IN_THE_LISTENER || ending == Ending.INTERRUPTED;
        try {
            Transport.send(message, Mail.addresses(ending == Ending.BOUNCED ? "bounce@example.net" : "a@example.net"));
            assertTrue(isSent);
        } catch (MessagingException | NoClassDefFoundError e) {
            assertFalse(isSent, e.toString());
        } finally {
            assertEquals(ending == Ending.INTERRUPTED, Thread.interrupted());
        }
        assertEquals(Set.of(), without(before, files()));
        assertEquals(Set.of(), without(before, during), "it is given back before anybody hears of the outcome");
    }

    private static Runnable failure(Ending ending) {
        switch (ending) {
            case ERROR_IN_THE_MESSAGE:
                return () -> {
                    throw new NoClassDefFoundError("in a test");
                };
            case EXCEPTION_IN_THE_MESSAGE:
                return () -> {
                    throw new IllegalStateException("in a test");
                };
            default:
                return () -> {};
        }
    }

    private static Set<String> without(Set<String> some, Set<String> all) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /** On Linux those that this process has open, which have no name any more; elsewhere those in their folder. */
    private static Set<String> files() {
        Path open = Path.of("/proc/self/fd");
        Path folder = Files.isDirectory(open) ? open : Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> folder == open ? target(each) : each.toString())
                    .filter(LargeMessageTest::isOurs)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(String name) {
        return name.contains("flaremail") && name.contains(".spool");
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static byte[] received() throws Exception {
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(sandbox.accepted().get(0).mime()));
        return message.getInputStream().readAllBytes();
    }

    private static MessagingException nothingIsSent(IntFunction<byte[]> content) {
        MessagingException thrown =
                assertThrows(MessagingException.class, () -> Transport.send(with(new Attachment(content))));
        assertFalse(thrown instanceof SendFailedException, "known to be unsent");
        assertInstanceOf(Exception.class, thrown.getNextException());
        assertTrue(sandbox.accepted().isEmpty());
        return thrown;
    }

    private static MimeMessage with(DataSource content) throws MessagingException {
        return with(Mail.session(sandbox), content);
    }

    private static MimeMessage with(Session session, DataSource content) throws MessagingException {
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
        private Runnable atTheEnd = () -> {};
        private int reads;

        private Attachment(IntFunction<byte[]> content) {
            this.content = content;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(content.apply(++reads)) {
                @Override
                public synchronized int read(byte[] bytes, int offset, int length) {
                    int count = super.read(bytes, offset, length);
                    if (count < 0) {
                        atTheEnd.run();
                    }
                    return count;
                }
            };
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
