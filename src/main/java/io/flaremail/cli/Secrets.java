package io.flaremail.cli;

import io.flaremail.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
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

    /** Prints the output of libraries: whole lines, without secrets and control characters. */
    static final class CleanLines extends OutputStream {
        private final PrintStream to;
        private final Secrets secrets;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        private CleanLines(PrintStream to, Secrets secrets) {
            this.to = to;
            this.secrets = secrets;
        }

        static PrintStream to(PrintStream to, Secrets secrets) {
            return new PrintStream(new CleanLines(to, secrets), true);
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                // Written by a PrintStream of the runtime's own charset, too.
                to.println(secrets.clean(line.toString().replace("\t", "    ").replaceAll("\r$", "")));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
