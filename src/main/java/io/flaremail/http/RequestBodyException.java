package io.flaremail.http;

import java.io.IOException;

/** The body of a request cannot be written as announced. It is not sent completely; a retry does not help. */
public final class RequestBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param cause may be null */
    public RequestBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
