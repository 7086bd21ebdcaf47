package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The curl commands in docs/sandbox.md do what the page says. */
@Timeout(60)
class DocumentedCurlTest {
    private static final Path PAGE = Path.of("docs/sandbox.md");
    private static final String ADDRESS = "http://127.0.0.1:8580";

    @TempDir
    Path home;

    @BeforeAll
    static void requireCurl() throws Exception {
        Curl.require();
    }

    static List<String> commands() throws IOException {
        String page = Files.readString(PAGE).replace("\\\n", " ");
        return Pattern.compile("^curl .*$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(command -> command.group().replaceFirst(" +#.*", ""))
                .filter(command -> command.contains(ADDRESS))
                .toList();
    }

    /** Each on a sandbox with a message to Grace, the subject Welcome and an attachment. */
    @ParameterizedTest
    @MethodSource("commands")
    void worksAsItStands(String command) throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                .account(SandboxMain.ACCOUNT)
                .token(SandboxMain.TOKEN)
                .start()) {
            TestClient client = new TestClient(sandbox);
            send(client);
            String id = sandbox.messages().list().get(0).id();

            String printed = run(command, sandbox, id);

            assertEffect(command, printed, sandbox, client);
        }
    }

    private static int send(TestClient client) throws Exception {
        String mime = "From: ada@example.com\r\nSubject: Welcome\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nHello\r\n";
        return client.send(mime, List.of("grace@example.org")).statusCode();
    }

    private String run(String command, Sandbox sandbox, String id) throws Exception {
        String address = "http://127.0.0.1:" + sandbox.endpoint().getPort();
        String script = command.replaceFirst("curl", "curl --silent --show-error --fail-with-body")
                .replace(ADDRESS, address)
                .replace("/messages/ID", "/messages/" + id);
        return new Curl(home).run(script);
    }

    private static void assertEffect(String command, String printed, Sandbox sandbox, TestClient client)
            throws Exception {
        if (command.contains("-X DELETE") && command.endsWith("/messages") || command.endsWith("/reset")) {
            assertEquals(List.of(), sandbox.messages().list());
        } else if (command.contains("/messages?") || command.contains("/messages/wait?")) {
            assertTrue(printed.contains("\"subject\":\"Welcome\""), printed);
        } else if (command.contains("throttled")) {
            assertEquals(List.of(429, 429, 200), List.of(send(client), send(client), send(client)));
        } else if (command.contains("advance_seconds")) {
            send(client);
            Instant received = sandbox.messages().list().get(1).receivedAt();
            assertTrue(received.isAfter(Instant.now().plus(Duration.ofHours(23))), received::toString);
        }
    }

    @Test
    void thePageHasCommandsForEachEffect() throws IOException {
        String commands = String.join("\n", commands());
        for (String each :
                List.of("/messages?", "/messages/wait?", "-X DELETE", "throttled", "advance_seconds", "/reset")) {
            assertTrue(commands.contains(each), each);
        }
    }
}
