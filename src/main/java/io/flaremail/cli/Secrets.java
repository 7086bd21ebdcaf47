package io.flaremail.cli;

import io.flaremail.text.Printable;
import java.util.LinkedHashSet;
import java.util.Set;

/** Hides secrets in everything that is printed, wherever a text comes from. */
final class Secrets {
    private static final int SHORTEST = 6; // shorter ones cannot be tokens, and would blot out ordinary words
    private final Set<String> secrets = new LinkedHashSet<>();

    void add(String secret) {
        if (secret != null && secret.trim().length() >= SHORTEST) {
            secrets.add(secret.trim());
        }
    }

    /** Removes secrets and control characters, which could forge a line or control the terminal. */
    String clean(String text) {
        return Printable.withoutInvisible(hide(text));
    }

    /** Removes secrets from JSON, where control characters are escaped already. */
    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            String quoted = JsonText.of(secret);
            hidden = hidden.replace(secret, "[token]").replace(quoted.substring(1, quoted.length() - 1), "[token]");
        }
        return hidden;
    }

    /** As {@link #clean}; also removes words that may be a misplaced token. */
    String cleanUnknown(String text) {
        return clean(text).replaceAll("(?<![\\w./\\\\-])[A-Za-z0-9_-]{35,}(?![\\w./\\\\-])", "[hidden]");
    }
}
