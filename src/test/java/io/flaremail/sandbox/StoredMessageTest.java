package io.flaremail.sandbox;

import static io.flaremail.sandbox.TestClient.result;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StoredMessageTest {
    private static final String HEADER = "From: ada@example.com\r\nMessage-ID: <own@x>\r\nTo: bob@example.org\r\n";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private final TestClient client = new TestClient(sandbox.get());

    @Test
    void imapServesTheMessageWithTheServicesId() throws Exception {
        String id = send(HEADER + "\r\nHello\r\n", "bob@example.org", "Cleo@Example.org");
        String expected = HEADER.replace("<own@x>", id) + "\r\nHello\r\n";
        for (String recipient : List.of("bob@example.org", "cleo@example.org", "CLEO@example.org")) {
            assertEquals(List.of(expected), texts(fetch(recipient)));
            assertEquals(List.of(expected), texts(sandbox.mailbox(recipient)));
        }
        assertEquals(List.of(), sandbox.mailbox("ada@example.com"));
    }

    @Test
    void mailboxesKeepTheOrder() throws Exception {
        String first = send(HEADER + "\r\n1", "bob@example.org");
        String second = send(HEADER + "\r\n2", "bob@example.org");
        assertNotEquals(first, second);
        List<String> mailbox = texts(sandbox.mailbox("bob@example.org"));
        assertEquals(
                List.of(HEADER.replace("<own@x>", first) + "\r\n1", HEADER.replace("<own@x>", second) + "\r\n2"),
                mailbox);
        assertEquals(mailbox, texts(fetch("bob@example.org")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nplain, no end of line",
                "\r\n",
                "Subject: Gr\u00fc\u00dfe \uD83D\uDC4B\r\n\r\n8bit: \u00e4\u00f6\u00fc\r\n",
                "Subject: folded\r\n\t once\r\n  twice\r\nsubject:again\r\n\r\nbody\nwith\rmixed\r\n\r\nends\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\n\r\none\r\n--b--\r\nepilogue",
                "Content-Type: message/rfc822\r\n\r\nMessage-ID: <inner@x>\r\nBcc: c@example.org\r\n\r\ninner"
            })
    void nothingButTheIdChanges(String rest) throws Exception {
        String id = send(HEADER + rest, "bob@example.org");
        List<String> expected = List.of((HEADER + rest).replace("<own@x>", id));
        assertEquals(expected, texts(sandbox.mailbox("bob@example.org")));
        assertEquals(expected, texts(fetch("bob@example.org")));
        assertEquals(HEADER + rest, new String(sandbox.accepted().get(0).mime(), StandardCharsets.UTF_8));
    }

    @Test
    void theApiServesTheMessageByItsId() throws Exception {
        String id = send(HEADER + "\r\nHello\r\n", "suppressed@example.org");
        for (String name : List.of(id, id.substring(1, id.length() - 1))) {
            HttpResponse<byte[]> response = client.get("/messages/" + URLEncoder.encode(name, StandardCharsets.UTF_8));
            assertEquals(200, response.statusCode());
            assertEquals(
                    "message/rfc822",
                    response.headers().firstValue("content-type").orElse(null));
            assertEquals(
                    HEADER.replace("<own@x>", id) + "\r\nHello\r\n",
                    texts(List.of(response.body())).get(0));
        }
        TestClient.assertError(ApiError.NOT_FOUND, client.get("/messages/unknown"));
    }

    @Test
    void anIdCanBeKept() throws Exception {
        try (Sandbox keeping = Sandbox.builder().keepMessageId(true).start()) {
            HttpResponse<byte[]> response = new TestClient(keeping).send(HEADER + "\r\n", List.of("bob@example.org"));
            assertEquals("<own@x>", result(response).get("message_id").textValue());
            assertArrayEquals(
                    (HEADER + "\r\n").getBytes(StandardCharsets.UTF_8),
                    keeping.mailbox("bob@example.org").get(0));
        }
    }

    private String send(String mime, String... recipients) throws Exception {
        return result(client.send(mime, List.of(recipients))).get("message_id").textValue();
    }

    private static List<byte[]> fetch(String login) throws Exception {
        int port = Integer.parseInt(sandbox.imap().split(":")[1]);
        List<byte[]> fetched = new ArrayList<>();
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", port, login, "any password");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                for (Message message : inbox.getMessages()) {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    message.writeTo(out);
                    fetched.add(out.toByteArray());
                }
            }
        }
        return fetched;
    }

    private static List<String> texts(List<byte[]> messages) {
        return messages.stream()
                .map(message -> new String(message, StandardCharsets.UTF_8))
                .toList();
    }
}
