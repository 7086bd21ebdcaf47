package io.flaremail.config;

/** A value is invalid; says which ones are valid. */
final class ExpectedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What was expected, such as "true or false". */
    final String expected;

    ExpectedException(String expected) {
        super("expected " + expected);
        this.expected = expected;
    }
}
