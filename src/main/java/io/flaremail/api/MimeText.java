package io.flaremail.api;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A complete RFC 5322 message as the content of a JSON string: UTF-8, escaped, without the quotes. Its length is known,
 * because the API refuses requests without a Content-Length.
 */
public interface MimeText {
    /** The exact number of bytes {@link #writeTo} writes. */
    long length();

    /**
     * Writes the text. May be called more than once, and from several threads.
     *
     * @throws IOException from the stream, or if the text cannot be produced as announced; it is then not sent
     */
    void writeTo(OutputStream out) throws IOException;
}
