package io.flaremail.sandbox;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A send request whose form is right. */
record Submission(String from, List<String> recipients, RawMessage message) {
    private static final Set<String> FIELDS = Set.of("from", "recipients", "mime_message");
    private static final int MAX_RECIPIENTS = 50;
    private static final int MAX_BYTES = 5 * 1024 * 1024;
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** RFC 5321 4.1.2 Mailbox, in printable ASCII: a dotted or quoted local part, a domain name or an address literal. */
    private static final Pattern BARE_ADDRESS = Pattern.compile("(?:[\\x21-\\x7E&&[^\"(),:;<>@\\[\\\\\\]]]+"
            + "|\"(?:[\\x20-\\x7E&&[^\"\\\\]]|\\\\[\\x20-\\x7E])*\")"
            + "@(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[\\x21-\\x5A\\x5E-\\x7E]+\\])");

    static Submission parse(byte[] body) {
        JsonBody json = JsonBody.parse(body);
        json.requireFields(FIELDS);
        String from = address("from", json.text("from"));
        List<String> recipients = json.texts("recipients");
        requireCount(recipients);
        recipients.forEach(recipient -> address("recipients", recipient));
        return new Submission(from, recipients, new RawMessage(json.utf8("mime_message")));
    }

    static void requireCount(List<String> recipients) {
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            throw JsonBody.invalid("recipients: expected 1 to " + MAX_RECIPIENTS + ", got " + recipients.size());
        }
    }

    static String address(String field, String text) {
        if (!BARE_ADDRESS.matcher(text).matches()) {
            throw JsonBody.invalid(field + ": expected a bare address in printable ASCII, got \"" + text + "\"");
        }
        return text;
    }

    String senderDomain() {
        return from.substring(from.lastIndexOf('@') + 1);
    }

    /** As the service makes them: 36 letters and digits, and the sender's domain. */
    String newMessageId() {
        return "<" + SandboxBuilder.random(36, ALPHANUMERIC) + "@" + senderDomain() + ">";
    }

    void requireSize() {
        if (message.bytes().length > MAX_BYTES) {
            throw new Refusal(ApiError.TOO_BIG, message.bytes().length + " bytes, at most " + MAX_BYTES);
        }
    }

    void requireHeader(boolean acceptTraceFields) {
        if (!message.has("From")) {
            throw new Refusal(ApiError.INVALID_EMAIL, "no From header");
        }
        if (!acceptTraceFields && (message.has("Received") || message.has("X-Received"))) {
            throw new Refusal(ApiError.INVALID_EMAIL, "carries a relay's trace headers");
        }
    }
}
