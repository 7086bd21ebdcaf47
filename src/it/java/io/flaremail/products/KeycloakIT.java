package io.flaremail.products;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flaremail.SmtpServer;
import io.flaremail.dropin.DropInJar;
import io.flaremail.forked.ServerProcess;
import io.flaremail.forked.Software;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keycloak, whose realm has a form for an SMTP server and a button that tests it; filled in through its admin REST API. */
class KeycloakIT {
    private static final String VERSION = "26.5.6";

    private final Sandbox sandbox = Sandbox.start();

    @RegisterExtension
    final SmtpServer smtp = new SmtpServer();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private ServerProcess keycloak;
    private Path folder;
    private URI server;
    private String token;

    @AfterEach
    void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
        sandbox.close();
    }

    @Test
    void sendsWhatItsFormSays() throws Exception {
        start();
        token = login();
        String user = userWithAddress("ada@example.org");
        long typed = System.nanoTime();
        HttpResponse<String> tested = testConnection(form("api.cloudflare.com", sandbox.token()));
        String plain =
                tested.statusCode() == 204 && sandbox.mailbox("ada@example.org").size() == 1 ? "yes" : "no";
        System.out.println("From the form to the first message: "
                + Duration.ofNanos(System.nanoTime() - typed).toMillis() + " ms");
        saveForm(form("api.cloudflare.com", sandbox.token()));
        String html = actionsEmail(user).statusCode() == 204
                        && new String(sandbox.mailbox("ada@example.org").get(1), StandardCharsets.UTF_8)
                                .contains("Content-Type: text/html")
                ? "HTML, no attachments"
                : "no";
        String wrong = shown(
                testConnection(form("api.cloudflare.com", "0123456789-0123456789-wrong-token-012345")),
                "Cloudflare does not accept the API token");
        userWithAddress("bounce@example.org");
        String bounce = shown(actionsEmail(user), "bounced bounce@example.org");
        HttpResponse<String> other = testConnection(form("127.0.0.1", "anything"));
        boolean bySmtp = smtp.received().length == 1;
        new ProductRow(
                        "Keycloak " + VERSION,
                        "`providers/`: `-all`, `-smtp`",
                        plain,
                        html,
                        "–",
                        bounce,
                        wrong,
                        bySmtp ? "yes" : "no: " + other.body())
                .conclude();
    }

    private void start() throws IOException {
        Path home = Software.unpacked("org.keycloak:keycloak-quarkus-dist:zip:" + VERSION);
        for (Path jar : List.of(DropInJar.ALL.path(), DropInJar.form())) {
            Files.copy(
                    jar,
                    home.resolve("providers").resolve(jar.getFileName()),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Software.delete(home.resolve("data"));
        int port = ServerProcess.freePort();
        server = URI.create("http://127.0.0.1:" + port + "/");
        Path script = home.resolve("bin/kc.sh");
        folder = Software.emptyFolder("keycloak-run");
        keycloak = ServerProcess.start(
                folder,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        "admin",
                        "MAIL_CLOUDFLARE_ENDPOINT",
                        sandbox.endpoint().toString()),
                List.of("bash", script.toString(), "start-dev", "--http-host=127.0.0.1", "--http-port=" + port));
        keycloak.await(
                "Keycloak",
                Duration.ofMinutes(4),
                () -> !keycloak.get(server.resolve("realms/master")).isEmpty());
    }

    private String login() throws Exception {
        String form = "client_id=admin-cli&grant_type=password&username=admin&password=admin";
        HttpRequest request = HttpRequest.newBuilder(server.resolve("realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body())
                .path("access_token")
                .asText();
    }

    /** The administrator's own address, to which the button sends. */
    private String userWithAddress(String address) throws Exception {
        JsonNode admin =
                json.readTree(call("GET", "users?username=admin", null).body()).get(0);
        String id = admin.path("id").asText();
        call("PUT", "users/" + id, json.writeValueAsString(Map.of("username", "admin", "email", address)));
        return id;
    }

    private Map<String, String> form(String host, String password) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("host", host);
        form.put("port", String.valueOf(smtp.port()));
        form.put("from", "billing@example.com");
        form.put("auth", String.valueOf(host.equals("api.cloudflare.com")));
        form.put("user", sandbox.account());
        form.put("password", password);
        return form;
    }

    private HttpResponse<String> testConnection(Map<String, String> form) throws Exception {
        return call("POST", "testSMTPConnection", json.writeValueAsString(form));
    }

    private void saveForm(Map<String, String> form) throws Exception {
        call("PUT", "", json.writeValueAsString(Map.of("realm", "master", "smtpServer", form)));
    }

    private HttpResponse<String> actionsEmail(String user) throws Exception {
        return call("PUT", "users/" + user + "/execute-actions-email", "[\"UPDATE_PASSWORD\"]");
    }

    /** The administrator sees that it failed, and finds the reason in the log. */
    private String shown(HttpResponse<String> answer, String reason) throws IOException {
        String message = json.readTree(answer.body()).path("errorMessage").asText("");
        boolean logged = Files.readString(folder.resolve("server.log")).contains(reason);
        return answer.statusCode() == 500 && message.contains("Failed to send")
                ? "fails; log: " + (logged ? "`…" + reason + "…`" : "nothing")
                : "no: " + answer;
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("admin/realms/master/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
