package io.flaremail.http;

import java.io.IOException;

/** The text of a message cannot be produced as it was announced. Thrown by {@link MimeText}; a retry does not help. */
public final class RequestBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param cause may be null */
    public RequestBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
