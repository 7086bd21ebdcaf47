package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No image is built here, but what the Dockerfile tells the sandbox, and asks of it, is right. */
class DockerfileTest {
    private static final Path DOCKERFILE = Path.of("src/sandbox/docker/Dockerfile");

    @Test
    void itExposesThePortsThatTheSandboxHas() throws IOException {
        assertEquals(
                SandboxMain.PORT + " " + SandboxMain.IMAP_PORT + " " + SandboxMain.DNS_PORT + "/udp", line("EXPOSE "));
    }

    /** The options that it gives, but for the address: tests listen on loopback alone. */
    @Test
    void theSandboxStartsWithItsOptionsAndIsHealthy() throws Exception {
        List<String> options = new ArrayList<>(Pattern.compile("\"([^\"]*)\"")
                .matcher(line("ENTRYPOINT "))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList());
        options.subList(0, options.indexOf("/sandbox.jar") + 1).clear();
        int address = options.indexOf("0.0.0.0");
        assertTrue(address > 0, options::toString);
        options.set(address, "127.0.0.1");
        options.add("--random");
        URI health =
                URI.create(line("HEALTHCHECK .* http").replaceFirst(" .*", "").replaceFirst("^", "http"));
        assertEquals(SandboxMain.PORT, health.getPort());
        try (Sandbox sandbox = SandboxMain.builder(options).start()) {
            HttpRequest request = HttpRequest.newBuilder(sandbox.endpoint().resolve(health.getPath()))
                    .build();
            assertEquals(
                    200,
                    HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode());
        }
    }

    /** What follows the pattern in the one line that begins with it. */
    private static String line(String pattern) throws IOException {
        List<String> found = Files.readAllLines(DOCKERFILE).stream()
                .filter(line -> line.matches(pattern + ".*"))
                .map(line -> line.replaceFirst("^" + pattern, ""))
                .toList();
        assertEquals(1, found.size(), pattern);
        return found.get(0);
    }
}
