package io.flaremail.sandbox;

import static io.flaremail.sandbox.BuilderBehavior.*;
import static io.flaremail.sandbox.Probe.SENDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class BuilderChecks {
    private static final String START = "{'from':'ada@example.com','subject':'Hi'";
    private static final String HELLO = START + ",'text':'Hello'";
    private static final String TO_BOB = ",'to':'bob@example.org'";

    private BuilderChecks() {}

    private static void ok(Probe api, String body) throws Exception {
        api.ok("POST", SENDING + "/send", body + "}");
    }

    private static void refused(Probe api, String body) throws Exception {
        api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", SENDING + "/send", body + "}");
    }

    private static String received(Probe api, String recipient) {
        List<byte[]> mailbox = api.sandbox().mailbox(recipient);
        return new String(mailbox.get(mailbox.size() - 1), StandardCharsets.UTF_8);
    }

    static void addTo(Map<Behavior, Check> checks) {
        checks.put(FIELDS, api -> {
            ok(api, START + ",'html':'<p>Hello'" + TO_BOB);
            ok(api, HELLO + ",'cc':['bob@example.org']");
            refused(api, START + TO_BOB);
            refused(api, HELLO);
            refused(api, "{'subject':'Hi','text':'Hello'" + TO_BOB);
            refused(api, "{'from':'ada@example.com','text':'Hello'" + TO_BOB);
            refused(api, HELLO + TO_BOB + ",'replyTo':'x@example.org'");
        });
        checks.put(ADDRESSES, api -> {
            ok(api, HELLO + ",'to':['bob@example.org',{'address':'cleo@example.org','name':'Cleo'}]");
            assertTrue(received(api, "bob@example.org").contains("To: bob@example.org, Cleo <cleo@example.org>"));
            ok(
                    api,
                    "{'from':{'address':'ada@example.com','name':'Ada'},'subject':'Hi','text':'Hello'" + TO_BOB
                            + ",'reply_to':{'address':'desk@example.com'}");
            assertTrue(received(api, "bob@example.org").contains("From: Ada <ada@example.com>"));
        });
        checks.put(EMAIL_KEY, api -> refused(api, HELLO + ",'to':{'email':'bob@example.org','name':'Bob'}"));
        checks.put(CUSTOM_FIELDS, BuilderChecks::customFields);
        checks.put(ATTACHMENTS, api -> {
            String file = ",'filename':'a.txt','type':'text/plain','disposition':'attachment'";
            ok(api, HELLO + TO_BOB + ",'attachments':[{'content':'SGVsbG8='" + file + "}]");
            assertTrue(received(api, "bob@example.org").contains("filename=a.txt"));
            refused(api, HELLO + TO_BOB + ",'attachments':[{'content':'not base64'" + file + "}]");
            refused(api, HELLO + TO_BOB + ",'attachments':[{'content':'SGVsbG8='}]");
        });
        checks.put(INLINE_PARTS, api -> {
            String part = "{'content':'AAEC','filename':'l.png','type':'image/png','disposition':'inline'";
            ok(api, HELLO + TO_BOB + ",'attachments':[" + part + ",'content_id':'logo'}]");
            assertTrue(received(api, "bob@example.org").contains("Content-ID: <logo>"));
            refused(api, HELLO + TO_BOB + ",'attachments':[" + part + "}]");
        });
        checks.put(BCC, api -> {
            ok(api, HELLO + TO_BOB + ",'bcc':'dan@example.org'");
            assertFalse(received(api, "dan@example.org").contains("dan@"));
            assertEquals(1, api.sandbox().mailbox("bob@example.org").size());
        });
    }

    private static void customFields(Probe api) throws Exception {
        ok(api, HELLO + TO_BOB + ",'headers':{'X-Tag':'a','In-Reply-To':'<a@example.com>'}");
        assertTrue(received(api, "bob@example.org").contains("X-Tag: a\r\n"));
        for (String name : List.of(
                "Date",
                "Message-ID",
                "MIME-Version",
                "Content-Type",
                "DKIM-Signature",
                "Return-Path",
                "Received",
                "Bcc")) {
            refused(api, HELLO + TO_BOB + ",'headers':{'" + name + "':'a'}");
        }
        ok(api, HELLO + TO_BOB + ",'headers':{'X-Long':'" + "x".repeat(2048) + "'}");
        refused(api, HELLO + TO_BOB + ",'headers':{'X-Long':'" + "x".repeat(2049) + "'}");
        String many = IntStream.range(0, 9)
                .mapToObj(i -> "'X-" + i + "':'" + "x".repeat(2000) + "'")
                .collect(Collectors.joining(","));
        refused(api, HELLO + TO_BOB + ",'headers':{" + many + "}");
    }
}
