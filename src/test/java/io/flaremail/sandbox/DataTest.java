package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox with a folder for its data, stopped and started again. */
@Timeout(120)
class DataTest {
    private static final String ACCOUNT = "a".repeat(32);
    private static final String OTHER = "b".repeat(32);

    @TempDir
    private Path folder;

    private Sandbox start() {
        return builder().start();
    }

    private SandboxBuilder builder() {
        return Sandbox.builder()
                .account(ACCOUNT)
                .token("token-one")
                .otherAccount(OTHER, "token-two")
                .eventDelay(Duration.ZERO)
                .data(folder);
    }

    private static JsonNode result(HttpResponse<byte[]> answer) throws Exception {
        assertEquals(200, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        return new ObjectMapper().readTree(answer.body()).get("result");
    }

    @Test
    void messages() throws Exception {
        byte[] raw;
        String exchange;
        try (Sandbox first = start()) {
            TestClient client = new TestClient(first);
            client.send(
                    "From: ada@example.com\r\nSubject: Gr\u00fc\u00dfe\r\n\r\nEarly words\r\n",
                    List.of("grace@example.org", "bounce@example.org"));
            String structured =
                    "{\"from\":\"ada@example.com\",\"to\":\"grace@example.org\",\"subject\":\"Second\",\"text\":\"Late words\"}";
            assertEquals(
                    200,
                    client.call("POST", "/accounts/{account}/email/sending/send", structured)
                            .statusCode());
            raw = first.messages().list().get(1).raw();
            exchange = MessageJson.exchange(
                            first.messages().list().get(1).request().exchange())
                    .toString();
        }
        try (Sandbox second = start()) {
            List<ReceivedMessage> messages = second.messages().list();
            assertEquals(
                    List.of("Gr\u00fc\u00dfe", "Second"),
                    messages.stream().map(ReceivedMessage::subject).toList());
            assertEquals("bounced", messages.get(0).outcome("bounce@example.org"));
            assertEquals("Early words\r\n", messages.get(0).text());
            assertArrayEquals(raw, messages.get(1).raw());
            assertArrayEquals(raw, second.mailbox("grace@example.org").get(1));
            assertEquals(
                    exchange,
                    MessageJson.exchange(messages.get(1).request().exchange()).toString());
            assertEquals(1, second.messages().containing("late").list().size());
            new TestClient(second).send("grace@example.org");
            assertEquals(3, second.messages().list().size());
            assertEquals(0, second.messages(OTHER).list().size());
        }
    }

    @Test
    void eachMessageIsInOneAccountAndCanBeDeleted() throws Exception {
        try (Sandbox first = start()) {
            for (String to : List.of("one@example.org", "two@example.org")) {
                new TestClient(first).send(to);
            }
            first.messages().to("one@example.org").list();
            TestClient own = new TestClient(first);
            String id = first.messages().list().get(0).id();
            assertEquals(204, own.own("DELETE", "/messages/" + id).statusCode());
        }
        try (Sandbox second = start()) {
            assertEquals(
                    List.of("two@example.org"), second.messages().list().get(0).recipients());
            assertEquals(1, second.messages().list().size());
            second.reset();
        }
        try (Sandbox third = builder().keep(2).start()) {
            assertEquals(List.of(), third.messages().list());
            for (int i = 0; i < 3; i++) {
                new TestClient(third).send("grace@example.org");
            }
        }
        try (Sandbox fourth = start()) {
            assertEquals(2, fourth.messages().list().size());
        }
    }

    @Test
    void everythingElse() throws Exception {
        String queue;
        try (Sandbox first = start()) {
            TestClient client = new TestClient(first);
            queue = result(client.call("POST", "/accounts/{account}/queues", "{\"queue_name\":\"events\"}"))
                    .get("queue_id")
                    .textValue();
            result(client.call(
                    "POST", "/accounts/{account}/queues/" + queue + "/consumers", "{\"type\":\"http_pull\"}"));
            String subscription =
                    "{\"name\":\"all\",\"source\":{\"type\":\"email.sending\",\"zone_id\":\"" + first.zone()
                            + "\",\"domain\":\"example.com\"},\"destination\":{\"type\":\"queues.queue\",\"queue_id\":\""
                            + queue
                            + "\"},\"events\":[\"message.delivered\",\"message.bounced\"]}";
            result(client.call("POST", "/accounts/{account}/event_subscriptions/subscriptions", subscription));
            client.send("bounce-later@example.org");
            client.call("POST", "/accounts/{account}/queues/" + queue + "/messages/peek", "{}");
            client.send("grace@example.org"); // its event comes due after the start
            first.suppress("eve@example.org");
            first.fate("kim@example.org", "bounce");
            first.enable("mail.example.com");
            first.disable("example.com");
            first.dns().remove("TXT", "_dmarc.mail.example.com");
        }
        try (Sandbox second = start()) {
            TestClient client = new TestClient(second);
            assertEquals(403, client.send("grace@example.org").statusCode());
            second.enable("example.com");
            assertEquals(List.of("example.com", "mail.example.com"), second.domains());
            assertEquals(List.of(), second.dns().records("TXT", "_dmarc.mail.example.com"));
            assertEquals(
                    3, second.dns().records("MX", "cf-bounce.mail.example.com").size());
            assertEquals("eve@example.org", second.suppressions().get(0).email());
            assertEquals(400, client.send("eve@example.org").statusCode());
            client.send("kim@example.org");
            assertEquals("bounced", second.messages().list().get(2).outcome("kim@example.org"));
            JsonNode pulled = result(
                            client.call("POST", "/accounts/{account}/queues/" + queue + "/messages/pull", "{}"))
                    .get("messages");
            List<String> events = IntStream.range(0, pulled.size())
                    .mapToObj(i -> pulled.get(i).get("body").textValue().replaceAll(".*message\\.(\\w+)\".*", "$1"))
                    .sorted()
                    .toList();
            assertEquals(List.of("bounced", "bounced", "delivered"), events);
            String lease = pulled.get(0).get("lease_id").textValue();
            result(client.call(
                    "POST",
                    "/accounts/{account}/queues/" + queue + "/messages/ack",
                    "{\"acks\":[{\"lease_id\":\"" + lease + "\"}]}"));
        }
        try (Sandbox third = start()) {
            JsonNode metrics =
                    result(new TestClient(third).call("GET", "/accounts/{account}/queues/" + queue + "/metrics", null));
            assertEquals(2, metrics.get("backlog_count").intValue());
        }
    }

    @Test
    void aDomainThatWasDeletedStaysDeleted() throws Exception {
        try (Sandbox first = start()) {
            TestClient client = new TestClient(first);
            String tag = result(client.call("GET", "/zones/{zone}/email/sending/subdomains", null))
                    .get(0)
                    .get("tag")
                    .textValue();
            assertEquals(
                    200,
                    client.call("DELETE", "/zones/{zone}/email/sending/subdomains/" + tag, null)
                            .statusCode());
        }
        try (Sandbox second = start()) {
            assertEquals(List.of(), second.domains());
        }
        try (Sandbox third = builder().domain("new.example").start()) {
            assertEquals(List.of("new.example"), third.domains());
        }
    }

    @Test
    void withoutAChosenAccountThatOfTheFolder() {
        String account;
        String token;
        try (Sandbox first = Sandbox.builder().data(folder).start()) {
            account = first.account();
            token = first.token();
        }
        try (Sandbox second = Sandbox.builder().data(folder).start()) {
            assertEquals(account, second.account());
            assertEquals(token, second.token());
        }
        try (Sandbox third = start()) {
            assertEquals(ACCOUNT, third.account());
            assertEquals(List.of(), third.messages(account).list());
        }
    }

    /** Both chosen with the same token, one after the other. */
    @Test
    void anAccountOfAFormerRunWithTheSameToken() throws Exception {
        try (Sandbox first = builder().start()) {
            assertEquals(200, new TestClient(first).send("before@example.org").statusCode());
        }
        String account = "c".repeat(32);
        try (Sandbox second = Sandbox.builder()
                .account(account)
                .token("token-one")
                .data(folder)
                .start()) {
            TestClient client = new TestClient(second);
            assertEquals(200, client.send("after@example.org").statusCode());
            String path = "/accounts/" + ACCOUNT + "/email/sending/send_raw";
            String body = TestClient.submission("ada@example.com", List.of("late@example.org"), TestClient.MIME);
            assertEquals(200, client.call("POST", path, body).statusCode());
            assertEquals(1, second.messages(account).list().size());
            assertEquals(2, second.messages(ACCOUNT).list().size());
        }
    }

    @Test
    void accountsThatCannotBeToldApart() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Sandbox.builder()
                        .account(ACCOUNT)
                        .otherAccount(ACCOUNT, "another")
                        .start());
        assertThrows(
                IllegalArgumentException.class,
                () -> Sandbox.builder()
                        .token("same")
                        .otherAccount(OTHER, "same")
                        .start());
        SandboxBuilder twice = Sandbox.builder().otherAccount(OTHER, "one");
        assertThrows(IllegalArgumentException.class, () -> twice.otherAccount(OTHER, "two"));
    }

    /** A reset during sends: what is listed afterwards can be read. */
    @Test
    void resetWhileOthersSend() throws Exception {
        try (Sandbox sandbox = start()) {
            TestClient client = new TestClient(sandbox);
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        client.send("grace@example.org");
                    }
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            while (sender.isAlive()) {
                sandbox.reset();
            }
            sender.join();
            client.send("grace@example.org");
            for (ReceivedMessage message : sandbox.messages().list()) {
                assertEquals("Hello\r\n", message.text());
            }
        }
    }

    @Test
    void aFolderThatCannotBeUsed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        IllegalStateException wrong = assertThrows(
                IllegalStateException.class, () -> Sandbox.builder().data(file).start());
        assertTrue(wrong.getMessage().startsWith("Cannot use the folder "), wrong.getMessage());
        try (Sandbox first = start()) {
            IllegalStateException used = assertThrows(IllegalStateException.class, this::start);
            assertTrue(used.getMessage().endsWith(": another sandbox uses it"), used.getMessage());
            assertEquals(200, new TestClient(first).send("grace@example.org").statusCode());
        }
    }
}
