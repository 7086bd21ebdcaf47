package io.flaremail;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Measures what is written to it, and keeps it while it is small. */
final class Measure extends OutputStream {
    private static final int FIRST_BUFFER = 8 * 1024;

    private final int limit;
    private final CRC32 checksum = new CRC32();
    private byte[] content = new byte[FIRST_BUFFER];
    private long length;

    Measure(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        checksum.update(bytes, offset, count);
        if (length + count > limit) {
            content = null;
        } else {
            int needed = (int) length + count;
            if (needed > content.length) {
                content = Arrays.copyOf(content, Math.min(limit, Math.max(needed, content.length * 2)));
            }
            System.arraycopy(bytes, offset, content, (int) length, count);
        }
        length += count;
    }

    long length() {
        return length;
    }

    long checksum() {
        return checksum.getValue();
    }

    /** The bytes from 0 to {@link #length()}, or null when they are too many to keep. */
    byte[] content() {
        return content;
    }
}
