package io.flaremail.sandbox;

import static io.flaremail.sandbox.Probe.FROM;
import static io.flaremail.sandbox.Probe.MIME;
import static io.flaremail.sandbox.Probe.SENDING;
import static io.flaremail.sandbox.Probe.bare;
import static io.flaremail.sandbox.Probe.submission;
import static io.flaremail.sandbox.SendingBehavior.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

final class SendingChecks {
    private static final String RAW = SENDING + "/send_raw";
    private static final String SEND = SENDING + "/send";
    private static final String BOB = "bob@example.org";
    private static final String STRUCTURED = "{'from':'%s','to':'%s','subject':'Hi','text':'Hello'}";
    private static final String DOMAINS = "/zones/{zone}/email/sending/subdomains";

    private SendingChecks() {}

    static void addTo(Map<Behavior, Check> checks) {
        addRequests(checks);
        addMessages(checks);
        addDomains(checks);
        addResults(checks);
        addAccount(checks);
    }

    private static void addRequests(Map<Behavior, Check> checks) {
        checks.put(RAW_FIELDS, api -> {
            String fields = "'from':'ada@example.com','recipients':['bob@example.org']";
            String message = ",'mime_message':'From: ada@example.com\\n\\nHello'";
            api.ok("POST", RAW, "{" + fields + message + "}");
            for (String body : List.of("{" + fields + "}", "{" + fields + message + ",'to':'x@example.org'}")) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", RAW, body);
            }
        });
        checks.put(BARE_ADDRESSES, api -> {
            for (String bad : List.of("", "<>", "Ada <ada@example.com>", "ad\u00e4@example.com", "ada")) {
                api.refusedSend(ApiError.INVALID_REQUEST_SCHEMA, bad, MIME, BOB);
                api.refusedSend(ApiError.INVALID_REQUEST_SCHEMA, FROM, MIME, bad);
            }
            api.send("o'neil+tag@example.org");
        });
        checks.put(RECIPIENT_COUNT, api -> {
            api.send(Collections.nCopies(50, BOB).toArray(String[]::new));
            api.refusedSend(ApiError.INVALID_REQUEST_SCHEMA, FROM, MIME);
            String[] tooMany = Collections.nCopies(51, BOB).toArray(String[]::new);
            api.refusedSend(ApiError.INVALID_REQUEST_SCHEMA, FROM, MIME, tooMany);
            String list = Collections.nCopies(50, "'" + BOB + "'").stream().collect(Collectors.joining(","));
            String body = "{'from':'ada@example.com','to':[" + list + "],'subject':'Hi','text':'Hello'%s}";
            api.ok("POST", SEND, body.formatted(""));
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", SEND, body.formatted(",'cc':'cy@example.org'"));
        });
        checks.put(MESSAGE_SIZE, api -> {
            int most = 5 * 1024 * 1024;
            String full = MIME + "x".repeat(most - MIME.length());
            api.sendRaw(FROM, full, BOB);
            api.refusedSend(ApiError.TOO_BIG, FROM, full + "x", BOB);
            String text = "x".repeat(most);
            api.refused(
                    ApiError.TOO_BIG,
                    "POST",
                    SEND,
                    STRUCTURED.replace("Hello", text).formatted(FROM, BOB));
        });
        checks.put(CONTENT_LENGTH, api -> {
            byte[] raw = submission(FROM, MIME, BOB).getBytes(StandardCharsets.UTF_8);
            chunked(api, RAW, raw);
            chunked(
                    api,
                    SEND,
                    STRUCTURED.formatted(FROM, BOB).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        });
    }

    private static void chunked(Probe api, String path, byte[] body) throws Exception {
        HttpRequest.Builder request =
                api.request("POST", path, "").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        api.refused(ApiError.NO_CONTENT_LENGTH, api.exchange(request));
    }

    private static void addMessages(Map<Behavior, Check> checks) {
        checks.put(FROM_FIELD, api -> {
            for (String mime :
                    List.of("", "Subject: Hi\r\n\r\nHello", "From: ada\r\n\r\nHello", "From:\r\n\r\nHello")) {
                api.refusedSend(ApiError.INVALID_EMAIL, FROM, mime, BOB);
            }
        });
        checks.put(TRACE_FIELDS, api -> {
            api.refusedSend(ApiError.INVALID_EMAIL, FROM, "Received: from here\r\n" + MIME, BOB);
            api.refusedSend(ApiError.INVALID_EMAIL, FROM, "X-Received: by there\r\n" + MIME, BOB);
        });
        checks.put(OTHER_FROM, api -> {
            api.strictlyRefused(ApiError.INVALID_EMAIL, FROM, MIME.replace("ada@", "grace@"));
            api.strictlyRefused(ApiError.INVALID_EMAIL, FROM, MIME.replace("From: ", "From: grace@example.com, "));
            api.sendRaw(FROM, MIME.replace("ada@example.com", "\"Lovelace, Ada\" <Ada@Example.com>"), BOB);
        });
        checks.put(SUB_ADDRESS, api -> {
            String tagged = "ada+news@example.com";
            api.strictlyRefused(ApiError.INVALID_REQUEST_SCHEMA, tagged, MIME.replace(FROM, tagged));
            String body = STRUCTURED.formatted(tagged, BOB);
            if (api.isStrict()) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", SEND, body);
            } else {
                api.ok("POST", SEND, body);
            }
            api.send("bob+news@example.org");
        });
        checks.put(
                BCC_FIELD, api -> api.strictlyRefused(ApiError.INVALID_EMAIL, FROM, "Bcc: dan@example.org\r\n" + MIME));
        checks.put(PLATFORM_FIELDS, api -> {
            for (String field : List.of("Return-Path: <>", "DKIM-Signature: v=1", "Feedback-ID: a", "ARC-Seal: i=1")) {
                api.strictlyRefused(ApiError.INVALID_EMAIL, FROM, field + "\r\n" + MIME);
            }
            api.sendRaw(FROM, "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\n" + MIME, BOB);
        });
        checks.put(FUTURE_DATE, SendingChecks::futureDate);
        checks.put(MESSAGE_ID, api -> {
            String id = api.sendRaw(FROM, "Message-ID: <mine@example.com>\r\n" + MIME, BOB)
                    .get("message_id")
                    .textValue();
            assertTrue(id.matches("<[A-Za-z0-9]{36}@example\\.com>"), id);
            assertTrue(received(api).contains("Message-ID: " + id)
                    && !received(api).contains("mine@"));
        });
        checks.put(NO_MESSAGE_ID, api -> {
            String id = api.send(BOB).get("message_id").textValue();
            assertTrue(received(api).contains("Message-ID: " + id));
        });
        checks.put(UNCHANGED, api -> {
            String mime = "From: Ad\u00e4 <ada@example.com>\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n folded\r\n"
                    + "Message-ID: <a@example.com>\r\nX-Odd:  two  spaces \r\n\r\nGr\u00fc\u00dfe \ud83d\udc4b\r\n\r\n.\r\n";
            String id = api.sendRaw(FROM, mime, BOB).get("message_id").textValue();
            byte[] expected = mime.replace("<a@example.com>", id).getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(expected, api.sandbox().mailbox(BOB).get(0));
        });
    }

    private static void futureDate(Probe api) throws Exception {
        String late = "Date: Mon, 23 Nov 2026 13:07:00 +0100\r\n" + MIME;
        String near = "Date: Mon, 23 Nov 2026 13:05:00 +0100\r\n" + MIME;
        EventProbe events = EventProbe.subscribe(api);
        JsonNode result = api.sendRaw(FROM, late, BOB, "bounce@example.org");
        boolean lost = api.isStrict();
        assertEquals(lost ? "bob@example.org bounce@example.org" : "", bare(result.get("queued")));
        assertEquals(lost ? 0 : 1, api.sandbox().mailbox(BOB).size());
        assertEquals(lost ? 0 : 2, events.ids().size());
        assertTrue(api.sendRaw(FROM, near, BOB).get("queued").isEmpty());
    }

    private static String received(Probe api) {
        return new String(api.sandbox().mailbox(BOB).get(0), StandardCharsets.UTF_8);
    }

    private static void addDomains(Map<Behavior, Check> checks) {
        checks.put(SENDER_DOMAIN, api -> {
            for (String domain : List.of("example.net", "mail.example.com", "com")) {
                String from = "ada@" + domain;
                api.refusedSend(ApiError.SENDER_NOT_CONFIGURED, from, MIME.replace(FROM, from), BOB);
                String body = STRUCTURED.formatted(from, BOB);
                api.refused(ApiError.SENDER_NOT_CONFIGURED, "POST", SEND, body);
            }
        });
        checks.put(DISABLED_DOMAIN, api -> {
            api.sandbox().disable("example.com");
            api.refusedSend(ApiError.SENDING_DISABLED, FROM, MIME, BOB);
            api.refused(ApiError.SENDING_DISABLED, "POST", SEND, STRUCTURED.formatted(FROM, BOB));
        });
        checks.put(FRESH_DOMAIN, api -> {
            api.ok("POST", DOMAINS, "{'name':'new.example.com'}");
            String from = "ada@new.example.com";
            String mime = MIME.replace(FROM, from);
            if (api.isStrict()) {
                api.refusedSend(ApiError.SENDING_DISABLED, from, mime, BOB);
                api.sandbox().advanceClock(Duration.ofSeconds(59));
                api.refusedSend(ApiError.SENDING_DISABLED, from, mime, BOB);
                api.sandbox().advanceClock(Duration.ofSeconds(1));
            }
            api.sendRaw(from, mime, BOB);
        });
    }

    private static void addResults(Map<Behavior, Check> checks) {
        checks.put(EMPTY_LISTS, api -> {
            for (JsonNode result :
                    List.of(api.send(BOB, "cleo@example.org"), api.ok("POST", SEND, STRUCTURED.formatted(FROM, BOB)))) {
                for (String list : List.of("delivered", "queued", "permanent_bounces")) {
                    assertEquals("[]", result.get(list).toString());
                }
                assertFalse(result.has("suppressed_recipients"));
            }
        });
        checks.put(OUTCOMES, api -> {
            JsonNode raw = api.send(BOB, "queued@x.org", "bounce@x.org", "bounce+2@x.org");
            assertEquals("queued@x.org", bare(raw.get("queued")));
            assertEquals("bounce@x.org bounce+2@x.org", bare(raw.get("permanent_bounces")));
            assertEquals(1, api.sandbox().mailbox(BOB).size());
            assertEquals(0, api.sandbox().mailbox("bounce@x.org").size());
            JsonNode built = api.ok("POST", SEND, STRUCTURED.formatted(FROM, "bounce@x.org"));
            assertEquals("bounce@x.org", bare(built.get("permanent_bounces")));
        });
        checks.put(ECHO, api -> {
            String expected = api.isStrict() ? "Recipient <QUEUED+A@X.ORG>" : "Queued+a@x.org";
            assertEquals(expected, api.send("Queued+a@x.org").at("/queued/0").textValue());
        });
        checks.put(SUPPRESSED, api -> {
            api.sandbox().suppress("eve@x.org");
            api.refusedSend(ApiError.RECIPIENT_SUPPRESSED, FROM, MIME, BOB, "Eve@x.org");
            assertEquals(0, api.sandbox().mailbox(BOB).size());
        });
        checks.put(DROPPED, api -> {
            String tag = api.ok("GET", DOMAINS).at("/0/tag").textValue();
            api.ok("PATCH", DOMAINS + "/" + tag, "{'drop_suppressed_recipients':true}");
            api.sandbox().suppress("eve@x.org");
            assertEquals("eve@x.org", bare(api.send(BOB, "eve@x.org").get("suppressed_recipients")));
            assertEquals(1, api.sandbox().mailbox(BOB).size());
            assertEquals(0, api.sandbox().mailbox("eve@x.org").size());
        });
    }

    private static void addAccount(Map<Behavior, Check> checks) {
        checks.put(STORED_MESSAGE, api -> {
            String id = api.send(BOB).get("message_id").textValue();
            String path = SENDING + "/messages/" + id.replace("<", "%3C").replace(">", "%3E");
            HttpResponse<byte[]> stored = api.call("GET", path, null);
            assertEquals(
                    "message/rfc822",
                    stored.headers().firstValue("Content-Type").orElse(""));
            assertArrayEquals(api.sandbox().mailbox(BOB).get(0), stored.body());
            api.refused(ApiError.NOT_FOUND, "GET", SENDING + "/messages/unknown", null);
        });
        checks.put(LIMITS, api -> {
            api.send(BOB);
            JsonNode limits = api.ok("GET", SENDING + "/limits");
            assertEquals("day", limits.at("/quota/unit").textValue());
            assertEquals(1, limits.at("/usage/sent").intValue());
            assertEquals("2026-11-24T00:00:00Z", limits.at("/usage/resets_at").textValue());
            JsonNode none = api.with(SandboxBuilder::noQuota).ok("GET", SENDING + "/limits");
            assertTrue(none.get("quota").isNull() && none.get("usage").isNull());
        });
        checks.put(OVER_QUOTA, api -> {
            Probe small = api.with(builder -> builder.quotaPerDay(1));
            small.send(BOB);
            HttpResponse<byte[]> refused = small.refusedSend(ApiError.THROTTLED, FROM, MIME, BOB);
            assertTrue(refused.headers().firstValue("Retry-After").isEmpty());
            small.sandbox().advanceClock(Duration.ofDays(1));
            small.send(BOB);
        });
    }
}
