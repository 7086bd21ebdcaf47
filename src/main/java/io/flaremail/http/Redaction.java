package io.flaremail.http;

import io.flaremail.text.Printable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Text that a peer wrote, made fit for messages and logs: on one line, bounded, and without our token.
 *
 * <p>Tests: AnswerHazardsTest, EchoedTokenTest.
 */
public final class Redaction {
    private static final int LONGEST = 998; // a line of a message, RFC 5322 section 2.1.1

    private final String token;

    public Redaction(String token) {
        this.token = token;
    }

    public String clean(String text) {
        String silent = Printable.withoutInvisible(text.replace(token, "[token]"));
        return silent.length() > LONGEST ? silent.substring(0, LONGEST) + "..." : silent;
    }

    /**
     * The failure itself, unless its words, or those of what it comes with, hold the token: libraries quote what peers
     * say.
     */
    public IOException clean(IOException failure) {
        if (!showsToken(failure)) {
            return failure;
        }
        IOException silent = new IOException(clean(failure.getClass().getSimpleName() + ": " + failure.getMessage()));
        silent.setStackTrace(failure.getStackTrace());
        return silent;
    }

    /** Looks at causes and suppressed failures, each once: a chain may be a circle. */
    private boolean showsToken(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>();
        next.add(failure);
        while (!next.isEmpty()) {
            Throwable each = next.remove();
            if (seen.add(each)) {
                if (String.valueOf(each.getMessage()).contains(token)) {
                    return true;
                }
                if (each.getCause() != null) {
                    next.add(each.getCause());
                }
                next.addAll(Arrays.asList(each.getSuppressed()));
            }
        }
        return false;
    }
}
