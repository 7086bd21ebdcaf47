package io.flaremail.text;

import java.util.regex.Pattern;

/**
 * Makes text of unknown origin safe for one line of a message or log.
 *
 * <p>Tests: PrintableTest.
 */
public final class Printable {
    private static final int LONGEST = 320; // an address: 64 + 1 + 255, RFC 5321 section 4.5.3.1

    /** For a log line, which lists the responses to all requests of a message. */
    private static final int LONGEST_LOGGED = 10_000;

    /** Cloudflare's API tokens and keys are longer, its account ids shorter. */
    private static final int LONGEST_SHOWN = 34;

    /** Longer than account ids; host names have dots. */
    private static final Pattern TOKEN_LIKE = Pattern.compile("[\\w-]{35,}");

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Printable() {}

    /** As {@link #quoted}, or only its length if it is so long that it may be a misplaced token. */
    public static String unlessSecret(String text) {
        return text.length() > LONGEST_SHOWN ? "a value of " + text.length() + " characters" : quoted(text);
    }

    /** As {@link #unlessSecret} if it has the form of a token, which may be misplaced; else {@link #quoted}. */
    public static String unlessTokenLike(String text) {
        return TOKEN_LIKE.matcher(text).find() ? "a value of " + text.length() + " characters" : quoted(text);
    }

    /** In double quotes, bounded, with control and other invisible characters escaped as in Java. */
    public static String quoted(String text) {
        return '"' + line(text) + '"';
    }

    /** On one line, bounded, with control and other invisible characters escaped as in Java. */
    public static String line(String text) {
        return line(text, LONGEST);
    }

    /** As {@link #line}, but longer: for our own text that contains text of others. */
    public static String logLine(String text) {
        return line(text, LONGEST_LOGGED);
    }

    /** With a question mark instead of each control or other invisible character. */
    public static String withoutInvisible(String text) {
        return INVISIBLE.matcher(text).replaceAll("?");
    }

    private static String line(String text, int longest) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i < longest; i++) {
            char c = text.charAt(i);
            boolean visible = !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.LINE_SEPARATOR
                    && Character.getType(c) != Character.PARAGRAPH_SEPARATOR;
            if (visible) {
                line.append(c);
            } else {
                line.append(c == '\r' ? "\\r" : c == '\n' ? "\\n" : String.format("\\u%04x", (int) c));
            }
        }
        return line.append(text.length() > longest ? "..." : "").toString();
    }
}
