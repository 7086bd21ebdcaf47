package io.flaremail.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The web inbox: {@code /}, and below {@code /inbox} the styles and scripts of that page, which uses the API below {@code /sandbox}.
 * Tests: InboxPagesTest, InboxIT.
 */
final class InboxPages {
    private static final Path FOLDER = Path.of("/inbox");
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");
    private static final String[] ASSETS = {
        "inbox.css",
        "icon.svg",
        "inbox.js",
        "api.js",
        "dom.js",
        "list.js",
        "message.js",
        "blocks.js",
        "requests.js",
        "panels.js",
        "controls.js",
        "connect.js"
    };

    private final Map<Path, Answer> pages = new LinkedHashMap<>();

    InboxPages() {
        pages.put(Path.of("/"), page("inbox.html"));
        for (String asset : ASSETS) {
            pages.put(Path.of("/inbox/" + asset), page(asset));
        }
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
        return pages.containsKey(path) || path.isBelow(FOLDER);
    }

    Answer answer(Call call) {
        Answer page = pages.get(call.path());
        if (page == null) {
            return new Refusal(ApiError.NO_ROUTE, "the inbox has no such page").answer();
        }
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return new Refusal(ApiError.METHOD_NOT_ALLOWED, "allowed: GET, HEAD")
                    .answer()
                    .with(Map.of("Allow", "GET, HEAD"));
        }
        return page;
    }
}
