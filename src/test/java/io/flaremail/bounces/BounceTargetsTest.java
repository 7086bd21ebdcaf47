package io.flaremail.bounces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each report is stored once, also if it is delivered again. */
class BounceTargetsTest {
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "imap"));

    private static final BounceReport REPORT = BounceReport.of(
                    Events.bounce("a@example.org"), Optional.empty(), Instant.EPOCH)
            .orElseThrow();
    private static final BounceReport OTHER = BounceReport.of(
                    Events.event("complained", "a@example.org", null, ""), Optional.empty(), Instant.EPOCH)
            .orElseThrow();

    @TempDir
    Path folder;

    private final ExecutorService writers = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        writers.shutdownNow();
        mail.stop();
    }

    @BeforeEach
    void start() {
        mail.start();
        mail.setUser("app@example.com", "app", "secret");
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("mail").resolve(name))) {
            return all.collect(Collectors.toList());
        }
    }

    @Test
    void aMaildir() throws Exception {
        Maildir maildir = Maildir.at(folder.resolve("mail"));
        maildir.deliver(REPORT);
        maildir.deliver(REPORT);
        assertEquals(1, files("new").size());
        assertArrayEquals(REPORT.getMessage(), Files.readAllBytes(files("new").get(0)));
        maildir.deliver(OTHER);
        assertEquals(2, files("new").size());
        assertEquals(0, files("tmp").size());
    }

    @Test
    void aReportThatWasReadIsNotDeliveredAgain() throws Exception {
        Maildir.at(folder.resolve("mail")).deliver(REPORT);
        Path read = files("new").get(0);
        Files.move(read, folder.resolve("mail/cur").resolve(read.getFileName() + ":2,S"));
        Maildir.at(folder.resolve("mail")).deliver(REPORT);
        assertEquals(0, files("new").size());
    }

    /** As when two listeners have the same event. */
    @Test
    void writersAtOnceStoreItOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            BounceReport report = BounceReport.of(Events.withId("e" + i), Optional.empty(), Instant.EPOCH)
                    .orElseThrow();
            Callable<Void> write = () -> {
                Maildir.at(folder.resolve("mail")).deliver(report);
                return null;
            };
            for (Future<Void> each : writers.invokeAll(List.of(write, write, write, write))) {
                each.get();
            }
        }
        assertEquals(50, files("new").size());
        assertEquals(0, files("tmp").size());
    }

    /** A process that was killed leaves a file in tmp, perhaps half of it. */
    @Test
    void anInterruptedDeliveryIsRepeated() throws Exception {
        Maildir maildir = Maildir.at(folder.resolve("mail"));
        maildir.deliver(REPORT);
        Path file = files("new").get(0);
        Files.write(folder.resolve("mail/tmp").resolve(file.getFileName()), new byte[10]);
        Files.delete(file);
        maildir.deliver(REPORT);
        assertArrayEquals(REPORT.getMessage(), Files.readAllBytes(files("new").get(0)));
        assertEquals(1, files("tmp").size(), "mail servers delete what is old there");
    }

    /** An id of letters and digits is the name; any other has a digest of its own. */
    @Test
    void eventsDoNotShareAName() throws Exception {
        Maildir maildir = Maildir.at(folder.resolve("mail"));
        List<String> ids = List.of(
                "ab", "a.b", "a/b", "../../ab", "!!!", "???", "\u65e5\u672c", "x".repeat(61), "x".repeat(62), "AB");
        for (String id : ids) {
            maildir.deliver(BounceReport.of(Events.withId(id), Optional.empty(), Instant.EPOCH)
                    .orElseThrow());
        }
        assertEquals(ids.size(), files("new").size());
    }

    @Test
    void aMaildirThatCannotBeCreated() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThrows(IOException.class, () -> Maildir.at(file));
    }

    private ImapFolder inbox(String name, String password) {
        return ImapFolder.at(
                "imap://app@127.0.0.1:" + mail.getImap().getPort() + "/" + name, password, new Properties());
    }

    @Test
    void anImapFolder() throws Exception {
        ImapFolder inbox = inbox("INBOX", "secret");
        inbox.deliver(REPORT);
        inbox.deliver(REPORT);
        inbox.deliver(OTHER);
        var stored = mail.getReceivedMessages();
        assertEquals(
                List.of(REPORT.getMessageId(), OTHER.getMessageId()),
                List.of(stored[0].getMessageID(), stored[1].getMessageID()));
        assertEquals(2, stored.length);
    }

    @Test
    void failuresNameTheFolderAndNotThePassword() {
        String wrong = assertThrows(
                        IOException.class, () -> inbox("INBOX", "wr0ng").deliver(REPORT))
                .getMessage();
        assertTrue(wrong.startsWith("imap://app@127.0.0.1:"), wrong);
        assertFalse(wrong.contains("wr0ng"), wrong);
        assertTrue(
                assertThrows(IOException.class, () -> inbox("Bounces", "secret").deliver(REPORT))
                        .getMessage()
                        .endsWith("folder Bounces not found"));
    }

    /** Its texts reach logs. */
    @Test
    void aServerThatRepeatsThePassword() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> answering = writers.submit(() -> {
                refuseLogin(server);
                return null;
            });
            String url = "imap://app@127.0.0.1:" + server.getLocalPort() + "/INBOX";
            IOException refused = assertThrows(
                    IOException.class,
                    () -> ImapFolder.at(url, "s3cret", new Properties()).verify());
            answering.get();
            StringWriter trace = new StringWriter();
            refused.printStackTrace(new PrintWriter(trace, true));
            assertTrue(
                    refused.getMessage().endsWith("/INBOX: the server rejected the user or the password"),
                    refused.getMessage());
            assertFalse(trace.toString().contains("s3cret"), trace.toString());
        }
    }

    private static void refuseLogin(ServerSocket server) throws IOException {
        try (Socket client = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            OutputStream out = client.getOutputStream();
            out.write("* OK [CAPABILITY IMAP4rev1] ready\r\n".getBytes(StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                String answer = switch (words[1]) {
                    case "LOGIN" -> "NO password " + words[3] + " is wrong";
                    default -> "OK";
                };
                out.write((words[0] + " " + answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pop3://app@host/INBOX",
                "imaps://host/INBOX",
                "imaps://app@host",
                "imaps://app:secret@host/INBOX",
                "imaps://app@example.com@host/INBOX",
                "INBOX"
            })
    void urlsThatAreNotComplete(String url) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> ImapFolder.at(url, "secret", new Properties()))
                .getMessage();
        assertFalse(message.contains("secret"), message);
    }
}
