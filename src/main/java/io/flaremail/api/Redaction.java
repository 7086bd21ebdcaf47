package io.flaremail.api;

import java.io.IOException;

/** Text that a peer wrote, made fit for messages and logs: on one line, bounded, and without our token. */
final class Redaction {
    private static final int LONGEST = 998; // a line of a message, RFC 5322 section 2.1.1

    private final String token;

    Redaction(String token) {
        this.token = token;
    }

    String clean(String text) {
        String silent = text.replace(token, "[token]").replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return silent.length() > LONGEST ? silent.substring(0, LONGEST) + "..." : silent;
    }

    /** The failure itself, unless its words, or those of a cause, hold the token: libraries quote what peers say. */
    IOException clean(IOException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).contains(token)) {
                IOException silent =
                        new IOException(clean(failure.getClass().getSimpleName() + ": " + failure.getMessage()));
                silent.setStackTrace(failure.getStackTrace());
                return silent;
            }
        }
        return failure;
    }
}
