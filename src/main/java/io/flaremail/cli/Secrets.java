package io.flaremail.cli;

import java.io.PrintStream;
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

    /** Without secrets, and without what others may have put there to control a terminal; colours pass. */
    String clean(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "[token]");
        }
        return clean.replaceAll("\u001b(?!\\[[0-9;]*m)|[\\p{Cc}\\p{Cf}&&[^\n\u001b]]", "?");
    }

    /** As {@link #clean}, and without words that may be a token which stands in the wrong place. */
    String cleanUnknown(String text) {
        return clean(text).replaceAll("(?<![\\w./\\\\-])[A-Za-z0-9_-]{35,}(?![\\w./\\\\-])", "[hidden]");
    }

    void println(PrintStream stream, String line) {
        stream.println(clean(line));
    }
}
