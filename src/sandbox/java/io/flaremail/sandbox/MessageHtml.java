package io.flaremail.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of a message for a frame in the inbox. What it may do is up to {@link BrowserHeaders#messagePolicy}; this shows inline
 * images, lets links open in tabs of their own, and removes what no policy covers. Tests: InboxPagesTest, InboxIT.
 */
final class MessageHtml {
    private static final Pattern DOCTYPE = Pattern.compile("(?is)\\A\\s*<!doctype[^>]*>");
    private static final Pattern CID = Pattern.compile("(?i)\\bcid:([^\"'\\s<>()]{1,998})");

    /** Chromium connects to the servers of frames and of {@code <link rel=preconnect>}, though the policy blocks all requests to them. */
    private static final Pattern CONNECTING = Pattern.compile("(?i)<(?=(?:link|i?frame|fencedframe|object|embed)\\b)");

    /** Images that a browser shows without running anything. */
    private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    /** Images may be shown many times: beyond this size, in characters, the remaining ones are not. */
    private static final int LONGEST = 32 << 20;

    private final MessageContent content;

    MessageHtml(MessageContent content) {
        this.content = content;
    }

    Answer answer(boolean remote) {
        if (content.html().isEmpty()) {
            throw new Refusal(ApiError.NOT_FOUND, "the message has no HTML");
        }
        String html = withInlineImages(remote ? content.html() : withoutConnections(content.html()));
        byte[] page = withLinksInTabs(html).getBytes(StandardCharsets.UTF_8);
        return Answer.of(200, "text/html; charset=utf-8", page)
                .with(Map.of("Content-Security-Policy", BrowserHeaders.messagePolicy(remote)));
    }

    private static String withoutConnections(String html) {
        return CONNECTING.matcher(html).replaceAll("<removed-");
    }

    private static String withLinksInTabs(String html) {
        Matcher doctype = DOCTYPE.matcher(html);
        int at = doctype.find() ? doctype.end() : 0;
        return html.substring(0, at) + "<base target=\"_blank\">" + html.substring(at);
    }

    private String withInlineImages(String html) {
        StringBuilder all = new StringBuilder();
        Matcher references = CID.matcher(html);
        int copied = 0;
        while (references.find()) {
            all.append(html, copied, references.start());
            Optional<String> image = all.length() > LONGEST ? Optional.empty() : image(references.toMatchResult());
            all.append(image.orElse(references.group()));
            copied = references.end();
        }
        return all.append(html, copied, html.length()).toString();
    }

    private Optional<String> image(MatchResult reference) {
        String id = decode(reference.group(1));
        return content.inline(id)
                .filter(part -> IMAGES.contains(part.type()))
                .map(part ->
                        "data:" + part.type() + ";base64," + Base64.getEncoder().encodeToString(part.content()));
    }

    private static String decode(String id) {
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id; // a percent sign that escapes nothing
        }
    }
}
