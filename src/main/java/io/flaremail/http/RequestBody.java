package io.flaremail.http;

import java.io.IOException;
import java.io.OutputStream;

/** A JSON request body of known length. */
public interface RequestBody {
    /** Its exact length in bytes. */
    long length();

    /**
     * Writes the body.
     *
     * @param beforeTheEnd run once, before the last bytes, without which the body is not yet valid JSON: until then a
     *     peer cannot have acted on it
     */
    void writeTo(OutputStream out, Runnable beforeTheEnd) throws IOException;
}
