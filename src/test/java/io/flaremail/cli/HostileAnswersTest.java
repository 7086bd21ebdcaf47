package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever names, notes and messages hold: nothing in them moves the cursor, colours, or feigns a line of ours. */
class HostileAnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVIL =
            "x\u001b[2J\u001b]0;title\u0007\u001b[32mok\u001b[0m\r\nFEIGNED line: ok\u009b31m\u202e\u2028";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, Object> domain = Map.of(
                "tag", EVIL, "name", "example.com", "enabled", true, "dkim_selector", EVIL, "return_path_domain", EVIL);
        Map<String, Object> record = Map.of("type", EVIL, "name", EVIL, "content", EVIL);
        boolean refused = path.endsWith("/limits") || path.endsWith("/send") || path.endsWith("/send_raw");
        Object result = path.endsWith("/zones")
                ? List.of(Map.of("id", Golden.ZONE, "name", "example.com"))
                : path.endsWith("/dns")
                        ? List.of(record)
                        : path.endsWith("/status")
                                ? Map.of("status", EVIL, "errors", List.of(Map.of("code", EVIL, "existing", record)))
                                : path.endsWith("/subdomains")
                                                && exchange.getRequestMethod().equals("GET")
                                        ? List.of(domain)
                                        : path.endsWith("/suppressions")
                                                ? List.of(Map.of("id", "1", "email", EVIL, "note", EVIL))
                                                : domain;
        Map<String, Object> body = refused
                ? Map.of("success", false, "errors", List.of(Map.of("code", EVIL, "message", EVIL)))
                : Map.of("success", true, "errors", List.of(), "result", result);
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refused ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Run run(String line) {
        return Run.of(line.split(" "))
                .with("--endpoint", "http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4")
                .environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN)
                .environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT);
    }

    /** What libraries and loggers print, in a process of its own: to standard error, and cleaned as well. */
    @Test
    void whatOthersPrintIsCleanedToo(@TempDir Path folder) throws Exception {
        Path mail = Files.writeString(folder.resolve("a.eml"), "From: a@example.com\r\n\r\nx\r\n");
        Path properties = Files.writeString(
                folder.resolve("p"), "mail.debug=true\nmail.cloudflare.\\u001b[31mtimeuot=1\nmail.user=\\u001b[2J\n");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "send",
                        mail.toString(),
                        "--to",
                        "b@example.org",
                        "--json",
                        "--properties",
                        properties.toString(),
                        "--endpoint",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4")
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("CLOUDFLARE_API_TOKEN", Golden.TOKEN);
        builder.environment().put("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        String out = Files.readString(folder.resolve("out"));
        String err = Files.readString(folder.resolve("err"));
        assertTrue(JSON.readTree(out).isContainerNode(), out);
        assertTrue(err.contains("Unknown property") && err.contains("timeuot"), err);
        assertFalse(err.contains("\u001b") || err.contains(Golden.TOKEN), err);
    }

    @Test
    void aLineOfOthersShowsNoTokenAndControlsNothing() {
        Secrets secrets = new Secrets();
        secrets.add(Golden.TOKEN);
        java.io.ByteArrayOutputStream shown = new java.io.ByteArrayOutputStream();
        Secrets.CleanLines.to(new java.io.PrintStream(shown, true), secrets)
                .print("a\u001b[2J\t" + Golden.TOKEN + "\n");
        assertEquals("a?[2J    [token]" + System.lineSeparator(), shown.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits",
                "subdomains list --zone example.com",
                "subdomains get example.com",
                "subdomains dns example.com",
                "subdomains status example.com",
                "subdomains create example.com --wait=0",
                "suppressions list",
                "send --from a@example.com --to b@example.org --subject x --text y",
                "doctor --from a@example.com --resolver 127.0.0.1:1",
            })
    void nothingOfThemControlsTheTerminal(String line) throws JsonProcessingException {
        String seen = run(line).onTerminal().go().everything();
        assertTrue(seen.contains("FEIGNED"), seen);
        assertFalse(seen.contains("\nFEIGNED"), seen);
        String withoutOurs = seen.replaceAll("\u001b\\[(0m|1m|32m|31;1m|K)", "").replaceAll("[\r\n]", "");
        assertFalse(withoutOurs.matches("(?s).*[\\p{Cc}\\p{Cf}\u2028].*"), seen);
        assertFalse(seen.contains("\u001b[32mok\u001b[0m?"), "a colour that is not ours: " + seen);

        String json = run(line).with("--json").go().out;
        assertTrue(json.chars().allMatch(each -> each == '\n' || each >= ' ' && each < 0x7F), json);
        assertTrue(JSON.readTree(json).isContainerNode());
    }
}
