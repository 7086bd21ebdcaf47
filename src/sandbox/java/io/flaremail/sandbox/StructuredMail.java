package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A message as the structured builder takes it; texts and lists that were not given are null and empty. */
record StructuredMail(
        Party from,
        String subject,
        String text,
        String html,
        List<Party> to,
        List<Party> cc,
        List<Party> bcc,
        Party replyTo,
        Map<String, String> headers,
        List<Attachment> attachments) {

    private static final Set<String> REQUIRED = Set.of("from", "subject");
    private static final Set<String> OPTIONAL =
            Set.of("text", "html", "to", "cc", "bcc", "reply_to", "headers", "attachments");

    static StructuredMail parse(byte[] body) {
        JsonBody json = JsonBody.parse(body);
        json.requireFields(REQUIRED, OPTIONAL);
        StructuredMail mail = new StructuredMail(
                Party.parse("from", json.object().get("from")),
                line("subject", json.text("subject")),
                json.optionalText("text"),
                json.optionalText("html"),
                parties(json, "to"),
                parties(json, "cc"),
                parties(json, "bcc"),
                json.has("reply_to") ? Party.parse("reply_to", json.object().get("reply_to")) : null,
                CustomHeaders.parse(json),
                json.objects("attachments").stream().map(Attachment::parse).toList());
        mail.requireContent();
        return mail;
    }

    private void requireContent() {
        if (isEmpty(text) && isEmpty(html)) {
            throw JsonBody.invalid("expected text, html or both");
        }
        Submission.requireCount(recipients());
    }

    static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    private static List<Party> parties(JsonBody json, String field) {
        JsonNode node = json.object().path(field);
        List<Party> parties = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> parties.add(Party.parse(field, item)));
        } else if (json.has(field)) {
            parties.add(Party.parse(field, node));
        }
        return parties;
    }

    /** A text that goes into a header field as it is, and so must not begin a new one. */
    static String line(String field, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw JsonBody.invalid(field + ": control characters");
        }
        return text;
    }

    /** The envelope's: everybody once for each time named. */
    List<String> recipients() {
        return Stream.of(to, cc, bcc).flatMap(List::stream).map(Party::address).toList();
    }

    /** @param name null for none */
    record Party(String address, String name) {
        static Party parse(String field, JsonNode node) {
            if (node.isTextual()) {
                return new Party(Submission.address(field, node.textValue()), null);
            }
            JsonBody json = JsonBody.of(field, node);
            json.requireFields(Set.of("address"), Set.of("name"));
            String name = json.nullableText("name");
            return new Party(
                    Submission.address(field, json.text("address")), name == null ? null : line(field + ".name", name));
        }
    }
}
