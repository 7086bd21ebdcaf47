package io.flaremail.api;

import java.util.Objects;

/**
 * Checks values for header fields. The API does not document how it treats a line break there; it must not add a field,
 * such as Bcc.
 *
 * <p>Tests: EmailTest, ArgumentsTest.
 */
final class OneLine {
    private OneLine() {}

    /** @throws IllegalArgumentException for a control character; names the argument, not its value */
    static String require(String name, String value) {
        if (Objects.requireNonNull(value, name).chars().anyMatch(OneLine::breaks)) {
            throw new IllegalArgumentException(name + ": expected one line without control characters");
        }
        return value;
    }

    /** A tab is white space, RFC 5322 section 2.2. */
    private static boolean breaks(int character) {
        return Character.isISOControl(character) && character != '\t';
    }

    /** @throws IllegalArgumentException if it is not a field name by RFC 5322 section 2.2 */
    static String requireFieldName(String value) {
        if (!Objects.requireNonNull(value, "name").matches("[!-9;-~]+")) {
            throw new IllegalArgumentException("name: expected a header field's name, printable ASCII without a colon");
        }
        return value;
    }
}
