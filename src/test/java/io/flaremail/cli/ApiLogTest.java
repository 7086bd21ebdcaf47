package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.flaremail.sandbox.SandboxExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --debug} shows, and the API's own remarks: on standard error, beside the answer. */
class ApiLogTest {
    private static final String REMARK = "Propagation takes\u001b[31m a minute";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private HttpServer remarking;

    @BeforeEach
    void start() throws Exception {
        byte[] body = new ObjectMapper()
                .writeValueAsBytes(java.util.Map.of(
                        "success",
                        true,
                        "messages",
                        java.util.List.of(java.util.Map.of("code", 1, "message", REMARK)),
                        "result",
                        java.util.List.of()));
        remarking = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        remarking.createContext("/", exchange -> {
            String text = new String(body, StandardCharsets.UTF_8);
            boolean changes = !exchange.getRequestMethod().equals("GET");
            byte[] answer = (changes ? text.replace("\"result\":[]", "\"result\":{\"id\":\"1\"}") : text)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        remarking.start();
    }

    @AfterEach
    void stop() {
        remarking.stop(0);
    }

    private Run run(String... args) {
        return Run.of(args)
                .with("--endpoint", sandbox.endpoint().toString())
                .environment("CLOUDFLARE_API_TOKEN", sandbox.token())
                .environment("CLOUDFLARE_ACCOUNT_ID", sandbox.account());
    }

    @Test
    void debugShowsRequestAndResponse() throws Exception {
        String quiet = run("limits", "--json").go().out;
        Run run = run("limits", "--json", "--debug").go();
        assertEquals(quiet, run.out);
        String url = sandbox.endpoint() + "/accounts/" + sandbox.account() + "/email/sending/limits";
        String[] lines = run.err.split("\n");
        assertEquals(3, lines.length, run.err);
        assertEquals("> GET " + url, lines[0]);
        assertTrue(lines[1].matches("< HTTP 200 in \\d+ ms, ray \\S+"), run.err);
        assertTrue(lines[2].startsWith("< {\"success\":true,"), run.err);
    }

    @Test
    void debugShowsBodiesButNotTheToken() {
        Run run = run("send", "--from=a@example.com", "--to=b@example.org", "--text=" + sandbox.token(), "--subject=x")
                .with("--debug")
                .go();
        assertEquals(0, run.exit, run.everything());
        assertTrue(run.err.contains("\n> {\"from\":{\"address\":\"a@example.com\"}"), run.err);
        assertTrue(run.err.contains("[token]"), run.err);
        assertFalse(run.err.contains(sandbox.token()), run.err);
    }

    @Test
    void debugShowsWhyThereIsNoResponse() {
        int port = remarking.getAddress().getPort();
        remarking.stop(0);
        Run run = run("limits", "--debug")
                .instead("--endpoint", "http://127.0.0.1:" + port)
                .go();
        assertTrue(run.err.matches("(?s)> GET \\S+\n< no response in \\d+ ms: .+"), run.err);
    }

    @Test
    void debugShowsTheMessageOfAFile(@TempDir Path folder) throws Exception {
        Path mail = Files.writeString(folder.resolve("a.eml"), "From: a@example.com\r\n\r\nx\r\n");
        Run run =
                run("send", mail.toString(), "--to", "b@example.org", "--debug").go();
        assertEquals(0, run.exit, run.everything());
        assertTrue(run.err.contains("/send_raw\n> {\"from\":\"a@example.com\",\"recipients\":"), run.err);
    }

    private Run remarked(String... args) {
        return run(args)
                .instead(
                        "--endpoint",
                        "http://127.0.0.1:" + remarking.getAddress().getPort())
                .go();
    }

    @Test
    void remarksToAChangeArePrinted() {
        Run run = remarked("subdomains", "create", "x.example.com", "--zone", Golden.ZONE);
        assertEquals(0, run.exit, run.everything());
        assertEquals("Cloudflare: Propagation takes?[31m a minute\n", run.err);
        assertEquals("", remarked("subdomains", "list", "--zone", Golden.ZONE).err);
    }
}
