package io.flaremail.api;

import java.util.Objects;

/**
 * Checks what becomes part of a header field. What the API makes of a line break there is not documented: it must not be a
 * field of the sender's choosing, such as Bcc.
 *
 * <p>Tests: EmailTest, ArgumentsTest.
 */
final class OneLine {
    private OneLine() {}

    /** @throws IllegalArgumentException for a control character; names the argument and not its value */
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

    /** @throws IllegalArgumentException for what is no field name by RFC 5322 section 2.2 */
    static String requireFieldName(String value) {
        if (!Objects.requireNonNull(value, "name").matches("[!-9;-~]+")) {
            throw new IllegalArgumentException("name: expected a header field's name, printable ASCII without a colon");
        }
        return value;
    }
}
