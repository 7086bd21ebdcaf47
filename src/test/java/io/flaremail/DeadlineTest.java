package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.EmailSending;
import io.flaremail.api.MimeText;
import io.flaremail.api.SendOutcome;
import io.flaremail.http.Deadline;
import io.flaremail.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that never come to an end: the message does, in bounded time and memory, and what is told of it is true. */
@Timeout(120)
class DeadlineTest {
    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final long ALLOCATED_AT_MOST = 48L << 20;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String SUCCESS = "{\"success\":true,\"result\":null}";

    /** What a server does to a request that it has read whole; nobody can tell whether it took the message. */
    private record Answer(String name, Peer.Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Answer> answersWithoutEnd() {
        return Stream.of(
                answer("silence", Peer.Line::awaitEnd),
                answer("a status line, byte by byte", line -> line.drip("HTTP/1.1 200 " + "O".repeat(10_000))),
                answer("header fields, byte by byte", line -> {
                    line.say("HTTP/1.1 200 OK\r\n");
                    line.drip("X-Field: value\r\n".repeat(1000));
                }),
                answer("a body, byte by byte", line -> {
                    line.say(OK + "Content-Length: 10000\r\n\r\n");
                    line.drip(SUCCESS + " ".repeat(10_000));
                }),
                answer("a body until the connection ends, byte by byte", line -> {
                    line.say(OK + "Connection: close\r\n\r\n");
                    line.drip(SUCCESS + " ".repeat(10_000));
                }),
                answer("chunks, byte by byte", line -> {
                    line.say(OK + "Transfer-Encoding: chunked\r\n\r\n");
                    line.drip("1\r\n{\r\n".repeat(1000));
                }),
                answer("all of the answer, but the last chunk's end", line -> {
                    line.say(OK + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(SUCCESS.length()) + "\r\n"
                            + SUCCESS + "\r\n0\r\n");
                    line.awaitEnd();
                }),
                answer("trailer fields, byte by byte", line -> {
                    line.say(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n");
                    line.drip("X-Field: value\r\n".repeat(1000));
                }),
                answer(
                        "a flood of 103",
                        line -> line.sayAgainAndAgain("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")),
                answer("a drip of 103", line -> line.drip("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000))),
                answer("empty lines", line -> line.sayAgainAndAgain("\r\n")),
                answer("a status line without end", line -> line.sayAgainAndAgain("HTTP/1.1 200 OK")),
                answer("header fields without end", line -> {
                    line.say("HTTP/1.1 200 OK\r\n");
                    line.sayAgainAndAgain("X-Field: value\r\n");
                }),
                answer("a header field without end", line -> {
                    line.say("HTTP/1.1 200 OK\r\nX-Field: ");
                    line.sayAgainAndAgain("value");
                }),
                answer("a folded header field without end", line -> {
                    line.say("HTTP/1.1 200 OK\r\nX-Field: value\r\n");
                    line.sayAgainAndAgain(" value\r\n");
                }),
                answer("a body without end", line -> {
                    line.say(OK + "\r\n");
                    line.sayAgainAndAgain("{\"success\":true,".repeat(1000));
                }),
                answer("a body of white space without end", line -> {
                    line.say(OK + "\r\n" + SUCCESS);
                    line.sayAgainAndAgain(" ".repeat(10_000));
                }),
                answer("chunks without end", line -> {
                    line.say(OK + "Transfer-Encoding: chunked\r\n\r\n");
                    line.sayAgainAndAgain("a\r\n0123456789\r\n".repeat(1000));
                }),
                answer("a chunk extension without end", line -> {
                    line.say(OK + "Transfer-Encoding: chunked\r\n\r\n1;a=");
                    line.sayAgainAndAgain("0123456789");
                }),
                answer("trailer fields without end", line -> {
                    line.say(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n");
                    line.sayAgainAndAgain("X-Field: value\r\n");
                }),
                answer("a body announced as 999999999999 bytes, and silence", line -> {
                    line.say(OK + "Content-Length: 999999999999\r\n\r\n" + SUCCESS);
                    line.awaitEnd();
                }),
                answer("a body of 999999999999 bytes", line -> {
                    line.say(OK + "Content-Length: 999999999999\r\n\r\n" + SUCCESS);
                    line.sayAgainAndAgain(" ".repeat(10_000));
                }),
                answer("a body of -1 bytes", line -> line.say(OK + "Content-Length: -1\r\n\r\n" + SUCCESS)),
                answer(
                        "a body of more bytes than there are numbers",
                        line -> line.say(OK + "Content-Length: 99999999999999999999\r\n\r\n" + SUCCESS)),
                answer("a compressed bomb", line -> line.say(Peer.answer(OK + "Content-Encoding: gzip\r\n", bomb()))),
                answer("400,000 brackets", line -> line.say(Peer.answer(OK, "[".repeat(400_000)))),
                answer(
                        "400,000 brackets in a success",
                        line -> line.say(
                                Peer.answer(OK, "{\"success\":true,\"result\":" + "{\"a\":".repeat(150_000)))));
    }

    private static Answer answer(String name, Peer.Script script) {
        return new Answer(name, line -> {
            line.read();
            script.talk(line);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersWithoutEnd")
    void answersWithoutEnd(Answer answer) throws Exception {
        try (Peer peer = Peer.saying(answer.script())) {
            Properties properties = peer.properties(
                    "mail.cloudflare.deadline", "1500",
                    "mail.cloudflare.timeout", "1500",
                    "mail.cloudflare.retries", "2");
            Told told = assertTimeoutPreemptively(GENEROUS, () -> {
                long before = allocated();
                Told sent = Told.send(properties, 100, "a@example.net");
                long allocated = allocated() - before;
                assertTrue(allocated < ALLOCATED_AT_MOST, allocated + " bytes");
                return sent;
            });
            assertEquals(Set.of(RecipientStatus.UNKNOWN), told.addsUp().statuses());
            assertEquals(1, told.report().getAttempts());
            assertEquals(List.of("a@example.net"), peer.recipients());
        }
    }

    @Test
    void aServerThatStopsReadingHasNotGotTheMessage() throws Exception {
        Peer.Script deaf = line -> {
            line.head();
            new CountDownLatch(1).await();
        };
        try (Peer peer = Peer.saying(deaf)) {
            Properties properties = peer.properties("mail.cloudflare.deadline", "1500", "mail.cloudflare.retries", "2");
            Told told =
                    assertTimeoutPreemptively(GENEROUS, () -> Told.send(properties, 4_000_000 * 2, "a@example.net"));
            assertEquals(Set.of(RecipientStatus.UNSENT), told.addsUp().statuses());
            assertEquals(1, told.report().getAttempts());
        }
    }

    /** What goes through the dripping proxy. */
    private enum Dripped {
        HANDSHAKE,
        ANSWER
    }

    @ParameterizedTest
    @EnumSource
    void tlsByteByByte(Dripped dripped) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().tls(serverContext()).start();
                Peer proxy = Peer.saying(proxyTo(
                        sandbox,
                        () -> dripped == Dripped.HANDSHAKE
                                || !sandbox.requests().isEmpty()))) {
            Properties properties = proxy.properties(
                    "mail.cloudflare.endpoint", "https://127.0.0.1:" + proxy.port() + "/client/v4",
                    "mail.cloudflare.account", sandbox.account(),
                    "mail.cloudflare.token", sandbox.token(),
                    "mail.cloudflare.ssl.trust", "*",
                    "mail.cloudflare.ssl.checkserveridentity", "false",
                    "mail.cloudflare.retries", "2",
                    "mail.cloudflare.timeout", "3000",
                    "mail.cloudflare.deadline", "3000");
            Told told = assertTimeoutPreemptively(GENEROUS, () -> Told.send(properties, 100, "a@example.net"));
            boolean handshake = dripped == Dripped.HANDSHAKE;
            assertEquals(
                    Set.of(handshake ? RecipientStatus.UNSENT : RecipientStatus.UNKNOWN),
                    told.addsUp().statuses());
            assertEquals(handshake ? 0 : 1, sandbox.accepted().size());
            assertEquals(1, told.report().getAttempts());
        }
    }

    /** Passes bytes on; those from the server one by one as soon as it is slow. */
    private static Peer.Script proxyTo(Sandbox sandbox, BooleanSupplier slow) {
        return line -> {
            try (Socket server = new Socket("127.0.0.1", sandbox.endpoint().getPort())) {
                Thread up = new Thread(() -> copy(line.socket, server), "proxy");
                up.setDaemon(true);
                up.start();
                InputStream down = server.getInputStream();
                for (int next = down.read(); next >= 0; next = down.read()) {
                    if (slow.getAsBoolean()) {
                        Idle.millis(20);
                    }
                    line.socket.getOutputStream().write(next);
                }
            }
        };
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException over) {
            // one of the two went away
        }
    }

    /** Neither redirected by the status nor by anything else in the answer. */
    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) throws Exception {
        boolean done = status == 303; // RFC 9110 15.4.4: it points to the result of what was done
        try (Peer elsewhere = Peer.saying(Peer::answerAll);
                Peer peer = Peer.saying(line -> {
                    for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                        line.say(Peer.answer(
                                "HTTP/1.1 " + status + " Moved\r\nLocation: http://127.0.0.1:" + elsewhere.port()
                                        + "/\r\nRefresh: 0; url=http://127.0.0.1:" + elsewhere.port() + "/\r\n",
                                ""));
                    }
                })) {
            Told told = Told.send(peer.properties("mail.cloudflare.retries", "2"), 100, "a@example.net");
            assertEquals(
                    Set.of(done ? RecipientStatus.UNKNOWN : RecipientStatus.REFUSED),
                    told.addsUp().statuses());
            assertEquals(1, peer.recipients().size());
            assertEquals(0, elsewhere.connections());
        }
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @ValueSource(strings = {"61", "3600", "999999999", "Fri, 06 Nov 2099 08:49:37 GMT"})
    void nobodyIsKeptWaitingForLong(String retryAfter) throws Exception {
        gaveUpAtOnce(retryAfter, "300000");
    }

    @Test
    void nobodyWaitsForATryThatWouldComeTooLate() throws Exception {
        gaveUpAtOnce("25", "24000");
    }

    private static void gaveUpAtOnce(String retryAfter, String deadline) throws Exception {
        Peer.Script busy = line -> {
            for (String recipient = line.read(); recipient != null; recipient = line.read()) {
                line.say(Peer.answer("HTTP/1.1 429 Busy\r\nRetry-After: " + retryAfter + "\r\n", ""));
            }
        };
        try (Peer peer = Peer.saying(busy)) {
            Properties properties =
                    peer.properties("mail.cloudflare.deadline", deadline, "mail.cloudflare.retries", "2");
            Told told = assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> Told.send(properties, 100, "a@example.net"));
            assertEquals(Set.of(RecipientStatus.REFUSED), told.addsUp().statuses());
            assertTrue(told.report().isRetryable());
            assertTrue(told.report().getRetryAfter().isPresent());
            assertEquals(1, told.report().getAttempts());
        }
    }

    /** A request begun after its deadline would get through, and nobody would stay to hear of it. */
    @Test
    void whatIsOverdueIsNotBegun() throws Exception {
        try (Peer peer = Peer.saying(Peer::answerAll);
                CloudflareEmail client = CloudflareEmail.builder()
                        .endpoint(URI.create("http://127.0.0.1:" + peer.port()))
                        .build()) {
            EmailSending sending = client.sending("0123456789abcdef0123456789abcdef");
            assertEquals(SendOutcome.Kind.ACCEPTED, send(sending, Deadline.NONE).getKind());
            SendOutcome overdue = send(sending, Deadline.in(Duration.ofNanos(1)));
            assertEquals(SendOutcome.Kind.UNSENT, overdue.getKind());
            assertTrue(overdue.isRetryable());
            assertEquals(SendOutcome.Kind.ACCEPTED, send(sending, Deadline.NONE).getKind());
            assertEquals(2, peer.recipients().size());
            assertEquals(Optional.empty(), overdue.getResult());
        }
    }

    private static SendOutcome send(EmailSending sending, Deadline deadline) {
        byte[] text = "From: a@example.com\\r\\n\\r\\n".getBytes(StandardCharsets.US_ASCII);
        MimeText message = new MimeText() {
            @Override
            public long length() {
                return text.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(text);
            }
        };
        return sending.sendRaw(
                "a-token-for-loopback-only", "a@example.com", List.of("b@example.net"), message, deadline);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** 256 MB of white space in 256 KB. */
    private static String bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(SUCCESS.getBytes(StandardCharsets.US_ASCII));
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 256; i++) {
                gzip.write(spaces);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static SSLContext serverContext() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = "changeit".toCharArray();
        try (InputStream in = GreenMail.class.getResourceAsStream("/greenmail.p12")) {
            keys.load(in, password); // a self-signed key for localhost
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, new SecureRandom());
        return context;
    }
}
