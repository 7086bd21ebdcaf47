package io.flaremail.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.api.CloudflareEmail;
import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Cloudflare's TypeScript SDK and wrangler against the sandbox, and what the SDK asked for against what we ask for. Runs
 * in the profile official-clients, since npm has 200 MB to fetch for it.
 */
class OfficialClientsIT {
    @RegisterExtension
    static final SandboxExtension sandbox =
            new SandboxExtension(Sandbox.builder().eventDelay(Duration.ZERO));

    private static List<RequestMade> theirs;

    @BeforeAll
    static void everyCallOfTheirsSucceeds() throws Exception {
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", "src/it/clients");
        run("npm", "test", "--prefix", "src/it/clients");
        theirs = RequestMade.in(Path.of("target/clients/sdk-requests.json"));
    }

    @Test
    void theSameCallsAreTheSameRequests() throws Exception {
        try (CloudflareEmail client = CloudflareEmail.builder()
                .token(sandbox.token())
                .endpoint(sandbox.endpoint())
                .build()) {
            SdkCalls.make(client, sandbox.get());
            List<RequestMade> ours =
                    sandbox.requests().stream().map(RequestMade::of).toList();
            assertIterableEquals(comparable(), ours);
            assertEquals(32, ours.size(), "none is left out");
            ours.forEach(request -> System.out.println("equal   " + request));
        }
    }

    @Test
    void soIsWhatTheTransportSends() throws Exception {
        Session session = Session.getInstance(Letter.byName(sandbox));
        MimeMessage message =
                new MimeMessage(session, new ByteArrayInputStream(SdkCalls.MIME.getBytes(StandardCharsets.UTF_8)));
        InternetAddress[] recipients = InternetAddress.parse(String.join(",", SdkCalls.RECIPIENTS));

        try (Transport transport = session.getTransport()) { // the static send would save, that is edit, the message
            transport.connect();
            assertThrows(SendFailedException.class, () -> transport.sendMessage(message, recipients), "one bounces");
        }
        assertEquals(theirs.get(0), RequestMade.of(sandbox.requests().get(0)), "the SDK's first call is sendRaw");
    }

    /** All but those for which the SDK has no method, or ours takes another way: see {@code Zones}. */
    private static List<RequestMade> comparable() {
        return theirs.stream()
                .filter(request -> !request.goesTo("/zones", "/limits"))
                .toList();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put(
                        "SANDBOX",
                        "{\"endpoint\":\"%s\",\"account\":\"%s\",\"zone\":\"%s\",\"token\":\"%s\"}"
                                .formatted(
                                        sandbox.endpoint(),
                                        sandbox.account(),
                                        sandbox.get().zone(),
                                        sandbox.token()));
        Process process = builder.start();
        process.getOutputStream().close();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(System.out::println);
        }
        assertEquals(0, process.waitFor(), () -> Arrays.toString(command) + " failed; its output is above");
    }
}
