package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the messages: 64 threads, 5 MB each, in a heap of 32 MB. */
class MemoryTest {
    private static final int THREADS = 64;
    private static final int ATTACHMENT = 3_600_000; // 4.93 MB as base64

    @TempDir
    private Path directory;

    @Test
    void sixtyFourLargeMessagesAtOnceFitIntoASmallHeap() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().keepBodies(false).start()) {
            Path output = directory.resolve("output.txt");
            Process sender = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx32m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Sender.class.getName(),
                            sandbox.endpoint().toString(),
                            sandbox.account())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(new File("."))
                    .start();
            try {
                sender.getOutputStream().write((sandbox.token() + "\n").getBytes());
                sender.getOutputStream().close();
                assertTrue(sender.waitFor(60, TimeUnit.SECONDS), "still sending: " + Files.readString(output));
            } finally {
                sender.destroyForcibly();
            }
            assertEquals(0, sender.exitValue(), Files.readString(output));
            assertEquals(THREADS, sandbox.accepted().size());
            assertEquals(
                    THREADS,
                    sandbox.accepted().stream()
                            .map(message -> message.recipients().get(0))
                            .distinct()
                            .count());
        }
    }

    /** The process with the small heap. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            String token = new String(System.in.readAllBytes()).trim();
            List<Thread> threads = java.util.stream.IntStream.range(0, THREADS)
                    .mapToObj(i -> new Thread(() -> send(session(arguments, token), "r" + i + "@example.net")))
                    .toList();
            threads.forEach(thread -> thread.setUncaughtExceptionHandler((sender, failure) -> {
                failure.printStackTrace();
                System.exit(1);
            }));
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private static Session session(String[] arguments, String token) {
            java.util.Properties properties = new java.util.Properties();
            properties.put("mail.transport.protocol.rfc822", "cloudflare");
            properties.put("mail.cloudflare.endpoint", arguments[0]);
            properties.put("mail.cloudflare.account", arguments[1]);
            properties.put("mail.cloudflare.token", token);
            properties.put("mail.cloudflare.retries", "0");
            return Session.getInstance(properties);
        }

        private static void send(Session session, String to) {
            try {
                MimeMessage message = Mail.message(session, to);
                message.setDataHandler(new DataHandler(new Zeros()));
                message.setHeader("Content-Transfer-Encoding", "base64");
                Transport.send(message);
            } catch (MessagingException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    /** A file's worth of bytes that are never in memory together. */
    private static final class Zeros implements DataSource {
        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                private int left = ATTACHMENT;

                @Override
                public int read() {
                    return left-- > 0 ? 0 : -1;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    int count = Math.min(left, length);
                    left -= count;
                    java.util.Arrays.fill(bytes, offset, offset + count, (byte) 0);
                    return count > 0 ? count : -1;
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
