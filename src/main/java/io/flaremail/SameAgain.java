package io.flaremail;

import io.flaremail.api.MimeTextException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * Passes on a second serialisation, as long as it is the measured one. A message that changed in between, such as an
 * attachment whose file was replaced, breaks the request off before its end; an incomplete request is never sent on.
 */
final class SameAgain extends OutputStream {
    private final OutputStream out;
    private final Measure measure;
    private final CRC32 checksum = new CRC32();
    private long length;
    private boolean brokenBelow;

    SameAgain(OutputStream out, Measure measure) {
        this.out = out;
        this.measure = measure;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        length += count;
        if (length > measure.length()) {
            throw changed();
        }
        checksum.update(bytes, offset, count);
        brokenBelow = true; // unless it returns
        out.write(bytes, offset, count);
        brokenBelow = false;
    }

    /** Whether it was the connection that failed, and not the message. */
    boolean isBrokenBelow() {
        return brokenBelow;
    }

    void finish() throws IOException {
        if (length != measure.length() || checksum.getValue() != measure.checksum()) {
            throw changed();
        }
    }

    private static IOException changed() {
        return new MimeTextException("The message changed while it was being sent; nothing was sent", null);
    }
}
