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
 * Makes text from a peer safe for messages and logs: one line, bounded, and without our token.
 *
 * <p>Tests: AnswerHazardsTest, EchoedTokenTest.
 */
public final class Redaction {
    private static final int LONGEST = 998; // a line of a message, RFC 5322 section 2.1.1

    private final String token;

    public Redaction(String token) {
        this.token = token;
    }

    /** One line of at most 998 characters, with the token replaced. */
    public String clean(String text) {
        String redacted = Printable.withoutInvisible(text.replace(token, "[token]"));
        return redacted.length() > LONGEST ? redacted.substring(0, LONGEST) + "..." : redacted;
    }

    /**
     * The failure itself, or a redacted copy if its message, or that of an exception it contains, has the token:
     * libraries quote peers.
     */
    public IOException clean(IOException failure) {
        if (!showsToken(failure)) {
            return failure;
        }
        IOException redacted = new IOException(clean(failure.getClass().getSimpleName() + ": " + failure.getMessage()));
        redacted.setStackTrace(failure.getStackTrace());
        return redacted;
    }

    /** Checks causes and suppressed exceptions, each once: a chain may be circular. */
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
