package io.flaremail.sandbox;

import static io.flaremail.sandbox.TestClient.assertError;
import static io.flaremail.sandbox.TestClient.result;
import static io.flaremail.sandbox.TestClient.submission;
import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SendRawTest {
    private static final String FROM = "ada@example.com";
    private static final List<String> TO = List.of("bob@example.org");
    private static final int LIMIT = 5 * 1024 * 1024;

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private final TestClient client = new TestClient(sandbox.get());

    @Test
    void anOrdinarySuccessListsNobody() throws Exception {
        HttpResponse<byte[]> response = client.send("bob@example.org", "Bob.Too@example.org");
        assertTrue(response.headers().firstValue("cf-ray").orElse("").matches("[0-9a-f]{16}-SBX"));
        JsonNode envelope = TestClient.json(response);
        assertTrue(envelope.get("success").booleanValue());
        assertEquals("[]", envelope.get("errors").toString());
        assertEquals("[]", envelope.get("messages").toString());
        JsonNode result = result(response);
        assertTrue(result.get("message_id").textValue().matches("<[A-Za-z0-9]{36}@example\\.com>"));
        for (String list : List.of("delivered", "queued", "permanent_bounces")) {
            assertEquals("[]", result.get(list).toString());
        }
        assertFalse(result.has("suppressed_recipients"));
    }

    @Test
    void remembersWhatItAcceptedAndWhatItWasAsked() throws Exception {
        String mime = TestClient.MIME + "Grüße 👋\r\n";
        HttpResponse<byte[]> response = client.send(mime, TO);
        Accepted accepted = sandbox.accepted().get(0);
        assertEquals(result(response).get("message_id").textValue(), accepted.messageId());
        assertEquals(FROM, accepted.from());
        assertEquals(TO, accepted.recipients());
        assertArrayEquals(mime.getBytes(StandardCharsets.UTF_8), accepted.mime());
        Exchange seen = sandbox.requests().get(0);
        assertEquals("POST", seen.method());
        assertEquals("/client/v4/accounts/" + sandbox.account() + "/email/sending/send_raw", seen.path());
        assertEquals("Bearer " + sandbox.token(), seen.header("AUTHORIZATION"));
        assertEquals(submission(FROM, TO, mime), seen.text());
        assertTrue(seen.complete());
        assertEquals(200, seen.status());
        assertEquals(seen.ray(), response.headers().firstValue("cf-ray").orElse(null));
    }

    @ParameterizedTest
    @CsvSource({
        "bounce@x.org, permanent_bounces, 0",
        "Bounce+7@x.org, permanent_bounces, 0",
        "queued@x.org, queued, 1",
        "queued+a+b@x.org, queued, 1",
        "suppressed@x.org, suppressed_recipients, 0",
        "SUPPRESSED+@x.org, suppressed_recipients, 0"
    })
    void theLocalPartDecidesTheFate(String address, String list, int copies) throws Exception {
        JsonNode result = result(client.send(address, "bob@example.org", "bouncer@x.org"));
        assertEquals("[\"" + address + "\"]", result.get(list).toString());
        for (String other : List.of("delivered", "queued", "permanent_bounces", "suppressed_recipients")) {
            assertTrue(other.equals(list) || result.path(other).isEmpty(), other);
        }
        assertEquals(copies, sandbox.mailbox(address).size());
        assertEquals(1, sandbox.mailbox("bob@example.org").size());
        assertEquals(1, sandbox.mailbox("bouncer@x.org").size());
        assertEquals(3, sandbox.accepted().get(0).recipients().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"from\":\"ada@example.com\",\"recipients\":[\"bob@example.org\"]}",
                "{\"from\":\"ada@example.com\",\"recipients\":[\"bob@example.org\"],\"mime_message\":\"From: a\",\"to\":\"x\"}",
                "{\"from\":null,\"recipients\":[\"bob@example.org\"],\"mime_message\":\"From: a\"}",
                "{\"from\":{\"address\":\"ada@example.com\"},\"recipients\":[\"bob@example.org\"],\"mime_message\":\"From: a\"}",
                "{\"from\":\"ada@example.com\",\"recipients\":\"bob@example.org\",\"mime_message\":\"From: a\"}",
                "{\"from\":\"ada@example.com\",\"recipients\":[1],\"mime_message\":\"From: a\"}",
                "{\"from\":\"ada@example.com\",\"recipients\":[\"bob@example.org\"],\"mime_message\":7}",
                "{\"from\":\"ada@example.com\",\"from\":\"ada@example.com\",\"recipients\":[\"bob@example.org\"],\"mime_message\":\"From: a\"}",
                "{\"from\":\"ada@example.com\",\"recipients\":[\"bob@example.org\"],\"mime_message\":\"From: a\"} {}",
                "{\"from\":\"ada@example.com\",\"recipients\":[\"bob@example.org\"],\"mime_message\":\"From: \\ud83d a\"}",
                "\uFEFF{\"from\":\"ada@example.com\",\"recipients\":[\"bob@example.org\"],\"mime_message\":\"From: a\"}"
            })
    void theSchemaIsStrict(String body) throws Exception {
        assertError(ApiError.INVALID_REQUEST_SCHEMA, client.post(ofString(body)));
        assertEquals(List.of(), sandbox.accepted());
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws Exception {
        byte[] latin1 =
                submission(FROM, TO, TestClient.MIME + "Gr\u00fc\u00dfe").getBytes(StandardCharsets.ISO_8859_1);
        assertError(ApiError.INVALID_REQUEST_SCHEMA, client.post(ofByteArray(latin1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.com",
                "ada@",
                "<ada@example.com>",
                "Ada <ada@example.com>",
                "ada@example.com ",
                "ada lovelace@example.com",
                "ada@example.com,bob@example.com",
                "ada@ex\u00e4mple.com",
                "ad\u00e4@example.com",
                "ada@example.com\r\nX: y",
                "ada@@example.com",
                ".ada@example.com",
                "ada.@example.com",
                "a..da@example.com",
                "ada@example..com",
                "ada@.example.com",
                "ada@example.com.",
                "ada@-example.com",
                "ada@exa_mple.com",
                "a234567890123456789012345678901234567890123456789012345678901234+@example.com"
            })
    void onlyBareAsciiAddressesPass(String address) throws Exception {
        assertError(ApiError.INVALID_REQUEST_SCHEMA, client.post(ofString(submission(address, TO, TestClient.MIME))));
        assertError(ApiError.INVALID_REQUEST_SCHEMA, client.send(TestClient.MIME, List.of("bob@example.org", address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'neil+tag@example.org",
                "\"a b\"@example.org",
                "\"a@b\"@example.org",
                "a@[127.0.0.1]",
                "A=B/c@EXAMPLE.org"
            })
    void unusualBareAddressesPass(String address) throws Exception {
        result(client.send(address));
        assertEquals(1, sandbox.mailbox(address).size());
    }

    @ParameterizedTest
    @CsvSource({"0, 400", "1, 200", "50, 200", "51, 400"})
    void takesOneToFiftyRecipients(int count, int status) throws Exception {
        HttpResponse<byte[]> response = client.send(TestClient.MIME, Collections.nCopies(count, "bob@example.org"));
        assertEquals(status, response.statusCode());
        if (status == 400) {
            assertError(ApiError.INVALID_REQUEST_SCHEMA, response);
        }
    }

    @Test
    void theLimitIsMeasuredOnTheUtf8OfTheMessage() throws Exception {
        String head = "From: a@example.com\r\n\r\n";
        String full = head + "\u00e4".repeat((LIMIT - head.length()) / 2) + "x".repeat(head.length() % 2);
        assertEquals(LIMIT, full.getBytes(StandardCharsets.UTF_8).length);
        assertEquals(200, client.send(full, TO).statusCode());
        assertError(ApiError.TOO_BIG, client.send(full + "x", TO));
        assertError(ApiError.TOO_BIG, client.send(full.repeat(8), TO));
    }

    @Test
    void anUnannouncedLengthIsRefused() throws Exception {
        byte[] body = submission(FROM, TO, TestClient.MIME).getBytes(StandardCharsets.UTF_8);
        assertError(ApiError.NO_CONTENT_LENGTH, client.post(ofInputStream(() -> new ByteArrayInputStream(body))));
        assertArrayEquals(body, sandbox.requests().get(0).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello",
                "\r\nFrom: ada@example.com\r\n",
                "Subject: no From\r\n\r\nHello",
                "From:\r\n\r\nHello",
                "From: <>\r\n\r\nHello",
                "From: ada\r\n\r\nHello",
                "From: Ada <ada@example.com\r\n\r\nHello",
                "From: ada@example.com grace@example.com\r\n\r\nHello",
                "From: ada@@example.com\r\n\r\nHello",
                "Received: from here\r\nFrom: ada@example.com\r\n\r\nHello",
                "From: ada@example.com\nX-RECEIVED: by there\n\nHello"
            })
    void someMessagesAreInvalid(String mime) throws Exception {
        assertError(ApiError.INVALID_EMAIL, client.send(mime, TO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Subject: no From\r\n\r\nHello", "Received: from here\r\nFrom: ada@example.com\r\n\r\nHello"})
    void onesThatTestsNeedCanBeLetIn(String mime) throws Exception {
        try (Sandbox lenient = Sandbox.builder().acceptAnyHeader(true).start()) {
            result(new TestClient(lenient).send(mime, TO));
            assertEquals(mime, new String(lenient.accepted().get(0).mime(), StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from : ada@example.com",
                "From: \"Lovelace, Ada\" <ada@example.com>, grace@example.com\r\n\r\n",
                "From: =?UTF-8?Q?Ad=C3=A4?= <ada@example.com>\r\n\r\n",
                "From: Ad\u00e4 <ad\u00e4@ex\u00e4mple.com>\r\n\r\n",
                "From: two: ada@example.com, grace@example.com;\r\n\r\n",
                "FROM: ada@example.com\n\nReceived: in the body",
                "From: ada@example.com\r\nSubject: a\r\n Received: folded\r\n\r\n",
                "From: ada@example.com\r\nX-Received-By: someone\r\n\r\n"
            })
    void othersAreNot(String mime) throws Exception {
        result(client.send(mime, TO));
    }

    @ParameterizedTest
    @CsvSource({
        ", UNAUTHORIZED",
        "Bearer wrong, UNAUTHORIZED",
        "Bearer, UNAUTHORIZED",
        "Basic YTpi, BAD_TOKEN_TYPE",
        "wrong, BAD_TOKEN_TYPE"
    })
    void theTokenMustBeRight(String authorization, ApiError expected) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(sandbox.endpoint() + "/accounts/" + sandbox.account() + "/email/sending/send_raw"))
                .POST(ofString(submission(FROM, TO, TestClient.MIME)));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        assertError(expected, client.exchange(request));
    }

    @Test
    void theTokenIsForOneAccount() throws Exception {
        URI other = URI.create(sandbox.endpoint() + "/accounts/" + "0".repeat(32) + "/email/sending/send_raw");
        assertError(
                ApiError.FORBIDDEN,
                client.exchange(client.request("/send_raw").uri(other).POST(ofString("{}"))));
    }

    @ParameterizedTest
    @CsvSource({"example.net", "mail.example.com", "com"})
    void theSenderDomainMustBeOnboardedByItsExactName(String domain) throws Exception {
        assertError(
                ApiError.SENDER_NOT_CONFIGURED,
                client.post(ofString(submission("ada@" + domain, TO, TestClient.MIME))));
    }

    @Test
    void aDomainCanBeOnboardedAndStillNotSend() throws Exception {
        HttpRequest.BodyPublisher body = ofString(submission("ada@Fresh.example", TO, TestClient.MIME));
        sandbox.get().disable("fresh.example");
        assertError(ApiError.SENDING_DISABLED, client.post(body));
        sandbox.get().enable("fresh.example");
        assertTrue(result(client.post(body)).get("message_id").textValue().endsWith("@Fresh.example>"));
    }

    @Test
    void reportsLimits() throws Exception {
        client.send("bob@example.org");
        JsonNode limits = result(client.get("/limits"));
        assertEquals("day", limits.at("/quota/unit").textValue());
        assertEquals(1, limits.at("/usage/sent").intValue());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, send_raw, METHOD_NOT_ALLOWED",
        "POST, limits, METHOD_NOT_ALLOWED",
        "POST, sendraw, NO_ROUTE",
        "POST, send_raw/, NO_ROUTE",
        "GET, messages/a/b, NO_ROUTE",
        "GET, messages/a%2Fb, NOT_FOUND"
    })
    void unknownPathsAndMethodsAreRefused(String method, String path, ApiError expected) throws Exception {
        HttpResponse<byte[]> response =
                client.exchange(client.request("/" + path).method(method, ofString("{}")));
        assertError(expected, response);
        assertTrue(response.headers().firstValue("cf-ray").isPresent());
    }
}
