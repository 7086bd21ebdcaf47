package io.flaremail.config;

import io.flaremail.text.Printable;

/** Reads the values of a property. */
interface OptionParser<T> {
    /**
     * Reads a value.
     *
     * @param text trimmed and not empty, unless {@link #emptyIsAValue()}
     * @throws ExpectedException if the value is invalid
     */
    T parse(String text) throws ExpectedException;

    /** Reads a value that was set for another protocol, as leniently as that protocol's provider does. */
    default T parseInherited(String text) throws ExpectedException {
        return parse(text);
    }

    /** Whether an empty text is a value, and does not mean that the property is absent. */
    default boolean emptyIsAValue() {
        return false;
    }

    /** An invalid value as it may be shown: it may be a token in the wrong place. */
    default String shown(String text) {
        return Printable.unlessTokenLike(text);
    }

    /** A value is invalid; says which ones are valid. */
    static final class ExpectedException extends Exception {
        private static final long serialVersionUID = 1L;

        /** What was expected, such as "true or false". */
        final String expected;

        ExpectedException(String expected) {
            super("expected " + expected);
            this.expected = expected;
        }
    }
}
