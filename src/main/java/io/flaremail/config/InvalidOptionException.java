package io.flaremail.config;

/** A property or option has an invalid value. Names the key, the valid values, and the value if it may be shown. */
public final class InvalidOptionException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param key the key that the value was read from, or the name of an option or environment variable
     * @param expected which values are valid
     * @param shown the value, safe for a line of text
     */
    public InvalidOptionException(String key, String expected, String shown) {
        super(key + ": expected " + expected + ", got " + shown);
    }
}
