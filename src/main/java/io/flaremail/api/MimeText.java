package io.flaremail.api;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A whole RFC 5322 message as the inside of a JSON string: UTF-8, escaped, without the quotes. Of known length, because
 * the API refuses requests that do not announce theirs.
 */
public interface MimeText {
    /** The exact number of bytes {@link #writeTo} writes. */
    long length();

    /**
     * Writes the text. May be called more than once, and from several threads.
     *
     * @throws IOException from the stream, or when the text cannot be produced as announced; then nothing is sent
     */
    void writeTo(OutputStream out) throws IOException;
}
