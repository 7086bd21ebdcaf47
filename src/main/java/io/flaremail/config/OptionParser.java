package io.flaremail.config;

import io.flaremail.text.Printable;

/** Parses the values of a property. */
interface OptionParser<T> {
    /**
     * Parses a value.
     *
     * @param text trimmed and not empty, unless {@link #emptyIsAValue()}
     * @throws ExpectedException if the value is invalid
     */
    T parse(String text) throws ExpectedException;

    /** Parses a value that was set for another protocol, as leniently as that protocol's provider. */
    default T parseInherited(String text) throws ExpectedException {
        return parse(text);
    }

    /** Whether an empty text is a value, rather than an absent property. */
    default boolean emptyIsAValue() {
        return false;
    }

    /** An invalid value for messages; hidden if it may be a token in the wrong place. */
    default String shown(String text) {
        return Printable.unlessTokenLike(text);
    }

    /** A value is invalid; tells which values are valid. */
    final class ExpectedException extends Exception {
        private static final long serialVersionUID = 1L;

        /** What was expected, such as "true or false". */
        final String expected;

        ExpectedException(String expected) {
            super("expected " + expected);
            this.expected = expected;
        }
    }
}
