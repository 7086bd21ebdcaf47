package io.flaremail.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The web inbox: {@code /}, and its style and script. The page uses the API below {@code /sandbox}. Tests: InboxPagesTest, InboxIT.
 */
final class InboxPages {
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

    private final Map<Path, Answer> pages = new LinkedHashMap<>();

    InboxPages() {
        pages.put(Path.of("/"), page("inbox.html"));
        pages.put(Path.of("/inbox.css"), page("inbox.css"));
        pages.put(Path.of("/inbox.js"), page("inbox.js"));
    }

    private static Answer page(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (InputStream in = InboxPages.class.getResourceAsStream("inbox/" + name)) {
            return Answer.of(200, type + "; charset=utf-8", in.readAllBytes())
                    .with(Map.of("Content-Security-Policy", BrowserHeaders.PAGE_POLICY));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the page " + name, e);
        }
    }

    boolean isFor(Path path) {
        return pages.containsKey(path);
    }

    Answer answer(Call call) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return new Refusal(ApiError.METHOD_NOT_ALLOWED, "allowed: GET, HEAD")
                    .answer()
                    .with(Map.of("Allow", "GET, HEAD"));
        }
        return pages.get(call.path());
    }
}
