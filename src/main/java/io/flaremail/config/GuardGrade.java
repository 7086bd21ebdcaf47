package io.flaremail.config;

import java.util.Locale;
import java.util.Optional;

/**
 * What counts as the same message on a retry: {@code mail.cloudflare.guard}.
 *
 * <p>Tests: RetriesTest.
 */
public enum GuardGrade {
    /** Disabled: every send goes to all its recipients. */
    OFF,
    /** The same object or the same Message-ID, and the same content. */
    CERTAIN,
    /** The same content. */
    CONTENT;

    /** Parses an option's value, ignoring case; empty if it is invalid. */
    static Optional<GuardGrade> parse(String value) {
        for (GuardGrade grade : values()) {
            if (grade.name().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT))) {
                return Optional.of(grade);
            }
        }
        return Optional.empty();
    }
}
