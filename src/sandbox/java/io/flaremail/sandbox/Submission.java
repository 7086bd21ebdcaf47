package io.flaremail.sandbox;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A send request whose form is right. */
record Submission(String from, List<String> recipients, RawMessage message) {
    private static final Set<String> FIELDS = Set.of("from", "recipients", "mime_message");
    private static final int MAX_RECIPIENTS = 50;
    private static final int MAX_BYTES = 5 * 1024 * 1024;
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static final String ATOM = "[\\x21-\\x7E&&[^\"(),.:;<>@\\[\\\\\\]]]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /** RFC 5321 4.1.2 Mailbox, in printable ASCII: a dotted or quoted local part, a domain name or an address literal. */
    private static final Pattern BARE_ADDRESS = Pattern.compile("(?=.{1,64}@[^@]*$)(?:" + ATOM + "(?:\\." + ATOM + ")*"
            + "|\"(?:[\\x20-\\x7E&&[^\"\\\\]]|\\\\[\\x20-\\x7E])*\")"
            + "@(?=.{1,255}$)(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[\\x21-\\x5A\\x5E-\\x7E]+\\])");

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

    String localPart() {
        return from.substring(0, from.lastIndexOf('@'));
    }

    String senderDomain() {
        return from.substring(from.lastIndexOf('@') + 1);
    }

    /** As the service makes them: 36 letters and digits, and the sender's domain. */
    String newMessageId() {
        return "<" + SandboxBuilder.random(36, ALPHANUMERIC) + "@"
                + (senderDomain().isEmpty() ? "localhost" : senderDomain()) + ">";
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
        requireAddresses("From", message.value("From"));
        if (!acceptTraceFields && (message.has("Received") || message.has("X-Received"))) {
            throw new Refusal(ApiError.INVALID_EMAIL, "carries a relay's trace headers");
        }
    }

    /** At least one, as RFC 5322 3.6.2 wants it; Unicode may be in it, RFC 6532. */
    private static void requireAddresses(String field, String value) {
        try {
            String text = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            InternetAddress[] addresses = InternetAddress.parseHeader(text, true);
            if (addresses.length == 0) {
                throw new AddressException("none is there");
            }
            for (InternetAddress address : addresses) {
                if (!address.isGroup()) {
                    address.validate();
                }
            }
        } catch (AddressException e) {
            throw new Refusal(ApiError.INVALID_EMAIL, field + ": expected addresses: " + e.getMessage());
        }
    }
}
