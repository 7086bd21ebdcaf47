package io.flaremail.cli;

import io.flaremail.text.Printable;
import java.util.LinkedHashSet;
import java.util.Set;

/** What must never be shown, however it may have got into a text: the last gate before everything that is printed. */
final class Secrets {
    private static final int SHORTEST = 6; // shorter ones cannot be tokens, and would blot out ordinary words
    private final Set<String> secrets = new LinkedHashSet<>();

    void add(String secret) {
        if (secret != null && secret.trim().length() >= SHORTEST) {
            secrets.add(secret.trim());
        }
    }

    /** Without secrets, and without what others may have put there to control a terminal or to feign a line of ours. */
    String clean(String text) {
        return Printable.withoutInvisible(hide(text));
    }

    /** Of JSON, which escapes all control characters by itself. */
    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            String quoted = JsonText.of(secret);
            hidden = hidden.replace(secret, "[token]").replace(quoted.substring(1, quoted.length() - 1), "[token]");
        }
        return hidden;
    }

    /** As {@link #clean}, and without words that may be a misplaced token. */
    String cleanUnknown(String text) {
        return clean(text).replaceAll("(?<![\\w./\\\\-])[A-Za-z0-9_-]{35,}(?![\\w./\\\\-])", "[hidden]");
    }
}
