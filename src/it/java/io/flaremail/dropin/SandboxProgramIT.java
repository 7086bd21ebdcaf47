package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as it is shipped: {@code java -jar}, and all that it does with the libraries inside. */
@Timeout(120)
class SandboxProgramIT {
    private static final byte[] INVOICE = {'%', 'P', 'D', 'F', 0, -1};

    @TempDir
    Path folder;

    /** The process, and its line for programs. */
    private record Running(Process process, String ready) implements AutoCloseable {
        String value(String key) {
            return Pattern.compile("\"" + key + "\":\"([^\"]*)\"")
                    .matcher(ready)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + key + " in " + ready));
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    /** @param wrapper a command that runs the rest */
    private Running start(String name, Path data, String... wrapper) throws IOException {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                DropInJar.sandbox().toString(),
                "--random",
                "--smtp",
                "0",
                "--data",
                data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve(name).toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String ready = out.readLine();
        assertTrue(ready != null, () -> errors(name));
        return new Running(process, ready);
    }

    @Test
    void clientsSendAndReadByImap() throws Exception {
        try (Running sandbox = start("sends", folder.resolve("data"))) {
            send(sandbox);
            assertEquals("%PDF\0\u00ff", attachment(sandbox));
            sendBySmtp(sandbox);
            assertTrue(call("GET", sandbox, "").contains("<html"), "the web inbox");
        }
        try (Running again = start("again", folder.resolve("data"))) {
            assertEquals("%PDF\0\u00ff", attachment(again));
        }
        // A greeting, then a line for each accepted message; of libraries, nothing.
        List<String> lines =
                errors("sends").lines().filter(line -> !line.isBlank()).toList();
        assertTrue(lines.get(0).startsWith("Flaremail's sandbox is ready."), lines::toString);
        List<String> last = lines.subList(lines.size() - 3, lines.size());
        assertTrue(last.get(0).startsWith("SMTP: 127.0.0.1:"), last::toString);
        assertTrue(last.get(1).endsWith("grace@example.org: Your invoice"), last::toString);
        assertTrue(last.get(2).endsWith("joan@example.org: By SMTP"), last::toString);
        assertTrue(errors("again")
                .strip()
                .lines()
                .reduce((one, next) -> next)
                .orElseThrow()
                .startsWith("SMTP: "));
    }

    /** The texts of H2's errors are in a file that is found by its name. */
    @Test
    void anUnusableDatabaseIsExplained() throws Exception {
        Path data = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(data.resolve("sandbox.mv.db"), "x".repeat(10_000));
        Jvm jvm = Jvm.run("-jar", DropInJar.sandbox().toString(), "--random", "--data", data.toString());
        assertEquals(1, jvm.exit());
        assertTrue(jvm.err().contains("File corrupted while reading record"), jvm::err);
    }

    /** A limit for the size of files has the effect of a full disk. */
    @Test
    void aDatabaseThatCannotGrowIsExplained() throws Exception {
        Path data = folder.resolve("limited");
        String reason =
                "Cannot write to the database in " + data + ": File too large. Repair this, then restart the sandbox.";
        try (Running sandbox = start("full", data, "bash", "-c", "ulimit -f 400; exec \"$@\"", "bash")) {
            assertThrows(MessagingException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    send(sandbox);
                }
            });
            String answer = call("DELETE", sandbox, "sandbox/messages");
            assertTrue(answer.contains(reason), answer);
        }
        assertEquals(reason, errors("full").lines().reduce((one, next) -> next).orElseThrow());
        int accepted;
        try (Running again = start("repaired", data)) {
            accepted = Integer.parseInt(
                    call("GET", again, "sandbox/messages?limit=1").replaceAll(".*\"total\":(\\d+).*", "$1"));
        }
        assertTrue(accepted > 0, "those that were stored");
    }

    private static void send(Running sandbox) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol.rfc822", "cloudflare");
        properties.put("mail.cloudflare.endpoint", sandbox.value("endpoint"));
        properties.put("mail.cloudflare.account", sandbox.value("account"));
        properties.put("mail.cloudflare.token", sandbox.value("token"));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("billing@example.com");
        message.setRecipients(Message.RecipientType.TO, "grace@example.org");
        message.setSubject("Your invoice");
        MimeBodyPart text = new MimeBodyPart();
        text.setText("Attached.");
        MimeBodyPart invoice = new MimeBodyPart();
        invoice.setDataHandler(new jakarta.activation.DataHandler(
                new jakarta.mail.util.ByteArrayDataSource(INVOICE, "application/pdf")));
        invoice.setFileName("invoice.pdf");
        message.setContent(new MimeMultipart(text, invoice));
        Transport.send(message);
    }

    private static void sendBySmtp(Running sandbox) throws MessagingException {
        String[] smtp = sandbox.value("smtp").split(":");
        Properties properties = new Properties();
        properties.put("mail.smtp.host", smtp[0]);
        properties.put("mail.smtp.port", smtp[1]);
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("billing@example.com");
        message.setRecipients(Message.RecipientType.TO, "joan@example.org");
        message.setSubject("By SMTP");
        message.setText("Hello");
        Transport.send(message);
    }

    private static String call(String method, Running sandbox, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.value("inbox") + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Angus fetches BODYSTRUCTURE to know the parts. */
    private static String attachment(Running sandbox) throws Exception {
        String[] imap = sandbox.value("imap").split(":");
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect(imap[0], Integer.parseInt(imap[1]), "grace@example.org", "any");
        try (store) {
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            Multipart parts =
                    assertInstanceOf(Multipart.class, inbox.getMessage(1).getContent());
            assertEquals(2, parts.getCount());
            assertEquals(
                    "Attached.", parts.getBodyPart(0).getContent().toString().strip());
            assertEquals("invoice.pdf", parts.getBodyPart(1).getFileName());
            byte[] content = parts.getBodyPart(1).getInputStream().readAllBytes();
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }

    private String errors(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
