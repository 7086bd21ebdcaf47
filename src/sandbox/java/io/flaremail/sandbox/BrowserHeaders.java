package io.flaremail.sandbox;

import java.util.Map;

/** What browsers are told about the answers of the inbox and its API: mail is written by others, and may be hostile. */
final class BrowserHeaders {
    /** For the pages: their own scripts and styles, no text that is parsed as HTML, and the frame with a message. */
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** A link that is clicked may open a tab of its own; all else that leaves the frame is blocked. */
    private static final String MESSAGE_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; "
            + "default-src 'none'; img-src data:%1$s; style-src 'unsafe-inline'%1$s; font-src data:%1$s; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", DATA_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-DNS-Prefetch-Control", "off",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private BrowserHeaders() {}

    /** @param remote whether images, styles and fonts may be loaded from elsewhere */
    static String messagePolicy(boolean remote) {
        return MESSAGE_POLICY.formatted(remote ? " https: http:" : "");
    }

    /** The answer with these headers, unless it has its own. */
    static Answer protect(Answer answer) {
        return new Answer(answer.status(), ALWAYS, answer.body()).with(answer.headers());
    }
}
