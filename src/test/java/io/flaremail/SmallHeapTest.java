package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer that does not fit into the heap, after the message was accepted: the application hears that it may have been. */
class SmallHeapTest {
    private static final String FLOOD = "{\"success\":true,\"result\":{\"delivered\":[" + "[],".repeat(340_000)
            + "[]]}}"; // 1 MiB of JSON, 20 MB of objects

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} recipients")
    @CsvSource({"1, 0 sent 1 unknown 1 report NOT_DELIVERED", "100, 50 sent 50 unknown 1 report PARTIALLY_DELIVERED"})
    void anAnswerLargerThanTheHeapLeavesDoubt(int recipients, String expected) throws Exception {
        if (recipients > 50) {
            sandbox.fail(Fault.none());
        }
        sandbox.fail(Fault.status(200, FLOOD).afterAccepting());
        Path output = directory.resolve("output.txt");
        Process sender = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Sender.class.getName(),
                        sandbox.endpoint().toString(),
                        sandbox.account(),
                        "" + recipients)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            sender.getOutputStream().write((sandbox.token() + "\n").getBytes());
            sender.getOutputStream().close();
            assertTrue(sender.waitFor(60, TimeUnit.SECONDS), "still sending: " + Files.readString(output));
        } finally {
            sender.destroyForcibly();
        }
        assertEquals(expected, last(output));
        assertEquals((recipients + 49) / 50, sandbox.accepted().size());
    }

    private static String last(Path output) throws Exception {
        String[] lines = Files.readString(output).split("\n");
        return lines[lines.length - 1];
    }

    /** The process with the small heap: says what it was told. */
    static final class Sender {
        private static int reports;

        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            Properties properties = new Properties();
            properties.put("mail.transport.protocol", "cloudflare");
            properties.put("mail.cloudflare.endpoint", arguments[0]);
            properties.put("mail.cloudflare.account", arguments[1]);
            properties.put("mail.cloudflare.token", new String(System.in.readAllBytes()).trim());
            properties.put("mail.cloudflare.listener", (SendListener) report -> reports++);
            String[] to = IntStream.range(0, Integer.parseInt(arguments[2]))
                    .mapToObj(i -> "r" + i + "@example.net")
                    .toArray(String[]::new);
            Session session = Session.getInstance(properties);
            MimeMessage message = Mail.message(session, to[0]);
            Transport transport = session.getTransport();
            transport.connect();
            Events events = Events.of(transport);
            try {
                transport.sendMessage(message, Mail.addresses(to));
                System.out.println("no exception");
            } catch (CloudflareSendFailedException e) {
                SendReport report = e.getReport();
                boolean partial = events.next().getType() == TransportEvent.MESSAGE_PARTIALLY_DELIVERED;
                System.out.println(report.count(RecipientStatus.ACCEPTED) + " sent "
                        + report.count(RecipientStatus.UNKNOWN) + " unknown " + reports + " report "
                        + (partial ? "PARTIALLY_DELIVERED" : "NOT_DELIVERED"));
            }
            transport.close();
        }
    }
}
