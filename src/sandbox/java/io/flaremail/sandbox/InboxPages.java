package io.flaremail.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The web inbox at {@code /}: static files that show what {@link InboxEndpoints} and {@link StateEndpoints} return. The policies keep
 * hostile mail from running script, from sending requests that were not asked for, and from leaving its frame.
 */
final class InboxPages {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self';"
                    + " frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** Links open in a new window, which is not sandboxed; anything else that could act is off. */
    private static final String FRAME_POLICY =
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
                    + " img-src data:%1$s; style-src 'unsafe-inline'%1$s; font-src data:%1$s; form-action 'none'; base-uri 'none';"
                    + " frame-ancestors 'self'";

    private static final String REMOTE = " http: https:";
    private static final Map<String, String> TYPES = Map.of(
            "inbox.html", "text/html; charset=UTF-8",
            "inbox.css", "text/css; charset=UTF-8",
            "inbox.js", "text/javascript; charset=UTF-8");

    /** Images that a browser shows without running anything. */
    private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final Pattern CID = Pattern.compile("(?i)cid:([^\\s\"'<>)]+)");

    private InboxPages() {}

    /** Empty if the path is none of the inbox's. */
    static Optional<Answer> find(Call call) {
        String name = switch (String.join("/", call.path().segments())) {
            case "/" -> "inbox.html";
            case "/inbox.css" -> "inbox.css";
            case "/inbox.js" -> "inbox.js";
            default -> null;
        };
        if (name == null || !Set.of("GET", "HEAD").contains(call.method())) {
            return Optional.empty();
        }
        return Optional.of(Answer.of(200, TYPES.get(name), resource(name)).with(headers(POLICY)));
    }

    private static Map<String, String> headers(String policy) {
        return Map.of(
                "Content-Security-Policy", policy,
                "X-Content-Type-Options", "nosniff",
                "X-DNS-Prefetch-Control", "off",
                "Referrer-Policy", "no-referrer",
                "Cache-Control", "no-store");
    }

    private static byte[] resource(String name) {
        try (InputStream in = InboxPages.class.getResourceAsStream("inbox/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    /**
     * The message's HTML, for a frame.
     *
     * @param remote whether images and styles from other servers are loaded
     */
    static Answer frame(ReceivedMessage message, boolean remote) {
        MessageContent content = message.content();
        Matcher references = CID.matcher(content.html());
        String html = references.replaceAll(reference -> Matcher.quoteReplacement(
                content.inline(reference.group(1)).map(InboxPages::dataUrl).orElse(reference.group())));
        byte[] page = ("<base target=\"_blank\">" + html).getBytes(StandardCharsets.UTF_8);
        return Answer.of(200, "text/html; charset=UTF-8", page)
                .with(headers(String.format(FRAME_POLICY, remote ? REMOTE : "")));
    }

    private static String dataUrl(ReceivedAttachment image) {
        String type = IMAGES.contains(image.type()) ? image.type() : "application/octet-stream";
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(image.content());
    }
}
