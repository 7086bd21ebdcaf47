package io.flaremail.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flaremail.api.EventsForTests;
import io.flaremail.bounces.BounceReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounce parsers of others, from Debian, understand the reports: Mailman's flufl.bounce, and Perl's BounceParser. */
class BounceParsersIT {
    private static final String OWN_ID = "<own.1@shop.example>";

    @TempDir
    Path folder;

    private Path report(String kind, String detail) throws IOException {
        String json = """
                {"type":"cf.email.sending.message.%1$s","source":{"domain":"example.com"},"payload":{"eventId":"e-%1$s",
                 "messageId":"<service@example.com>","sender":"billing@example.com","recipient":"ada@example.org",
                 "subject":"Gr\u00fc\u00dfe","terminal":true%2$s},
                 "metadata":{"eventTimestamp":"2026-06-01T02:48:57.132Z"}}""".formatted(kind, detail);
        BounceReport report = BounceReport.of(EventsForTests.parse(json), Optional.of(OWN_ID), Instant.EPOCH)
                .orElseThrow();
        return Files.write(folder.resolve(kind + ".eml"), report.getMessage());
    }

    private List<Path> reports() throws IOException {
        return List.of(
                report("bounced", """
                        ,"delivery":{"smtpStatusCode":"550","smtpEnhancedStatusCode":"5.1.1","smtpResponse":"550 5.1.1 User unknown"}"""),
                report("rejected", ",\"rejection\":{\"reason\":\"suppressed\"}"),
                report("deferred", ",\"bounce\":{\"type\":\"soft\",\"reason\":\"busy\"}"));
    }

    private static List<String> run(List<String> command, List<Path> files) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        files.forEach(file -> all.add(file.toString()));
        Process process = new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(60, TimeUnit.SECONDS);
        assertEquals(0, process.exitValue(), output);
        return output.lines().map(line -> line.replaceAll("^.*/", "").trim()).toList();
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void require(boolean there, String what) {
        if (!there) {
            System.out.println("SKIPPED: " + what + " is not installed");
        }
        assumeTrue(there, what);
    }

    @Test
    void mailmans() throws Exception {
        require(succeeds("/usr/bin/python3", "-c", "import flufl.bounce"), "python3-flufl.bounce");
        assertEquals(
                List.of(
                        "bounced.eml temporary: permanent: ada@example.org",
                        "rejected.eml temporary: permanent: ada@example.org",
                        "deferred.eml temporary: ada@example.org permanent:"),
                run(List.of("/usr/bin/python3", "src/it/bounce-parsers/mailman.py"), reports()));
    }

    @Test
    void perls() throws Exception {
        require(
                succeeds("perl", "-MMail::DeliveryStatus::BounceParser", "-e", "1"),
                "libmail-deliverystatus-bounceparser-perl");
        List<Path> failures = reports().subList(0, 2);
        assertEquals(
                List.of(
                        "bounced.eml ada@example.org user_unknown " + OWN_ID,
                        "rejected.eml ada@example.org unknown " + OWN_ID),
                run(List.of("perl", "src/it/bounce-parsers/bounceparser.pl"), failures));
    }
}
