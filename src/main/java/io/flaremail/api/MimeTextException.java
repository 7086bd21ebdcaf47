package io.flaremail.api;

import java.io.IOException;

/** The text of a message cannot be produced as it was announced. Thrown by {@link MimeText}; a retry does not help. */
public final class MimeTextException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param cause may be null */
    public MimeTextException(String message, Throwable cause) {
        super(message, cause);
    }
}
