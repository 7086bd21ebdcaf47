package io.flaremail;

import io.flaremail.http.RequestBodyException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * Buffers the bytes written to it, for any number of reads: in memory up to a limit, beyond it in a temporary file. If
 * no file can be written, all bytes stay in memory.
 *
 * <p>Only the owner of the process may read the file. It is deleted as soon as it is open if the system allows that, as
 * Unix does; otherwise by {@link #close()}. A channel would be simpler, but an interrupt closes it.
 *
 * <p>Tests: SpoolTest, LargeMessageTest.
 */
class Spool extends OutputStream {
    private static final int FIRST_BUFFER = 8 * 1024;
    private static final int PIECE = 16 * 1024;

    private final int limit;
    private final Callable<File> temporary;
    private byte[] memory = new byte[FIRST_BUFFER];
    private long length;
    private boolean fileless;

    /** The file's name until it is deleted, then null. */
    private File name;

    private RandomAccessFile file;

    /** @param limit how many bytes to hold in memory */
    Spool(int limit) {
        this(limit, Spool::temporaryFile);
    }

    /** Creates a file in {@code java.io.tmpdir} that only its owner may read. */
    static File temporaryFile() throws IOException {
        return Files.createTempFile("flaremail", ".spool").toFile();
    }

    /** @param temporary creates the file */
    Spool(int limit, Callable<File> temporary) {
        this.limit = limit;
        this.temporary = temporary;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (file == null && !fileless && length + count > limit) {
            moveToFile();
        }
        if (file == null || !appendedToFile(bytes, offset, count)) {
            appendToMemory(bytes, offset, count);
        }
        length += count;
    }

    /** How many bytes were written. */
    long length() {
        return length;
    }

    /**
     * Writes all bytes to a stream.
     *
     * @throws RequestBodyException if they cannot be read back
     * @throws IOException from {@code out}
     */
    void writeTo(OutputStream out) throws IOException {
        if (file == null) {
            out.write(memory, 0, (int) length);
            return;
        }
        byte[] piece = new byte[PIECE];
        for (long at = 0; at < length; at += PIECE) {
            int count = (int) Math.min(PIECE, length - at);
            read(at, piece, count);
            out.write(piece, 0, count);
        }
    }

    /** Releases the memory or the file. The bytes cannot be read afterwards. */
    @Override
    public void close() {
        giveFileBack();
        memory = null;
        length = 0;
    }

    private void moveToFile() {
        try {
            name = temporary.call();
            file = open(name);
            delete();
            file.write(memory, 0, (int) length);
            memory = null;
        } catch (Exception e) { // no folder, permission or space: memory has all bytes
            stayInMemory();
        }
    }

    /** Tests override this to simulate failing disks. */
    RandomAccessFile open(File temporaryFile) throws IOException {
        return new RandomAccessFile(temporaryFile, "rw");
    }

    private void stayInMemory() {
        fileless = true;
        giveFileBack();
    }

    /** @return false if the disk is full or fails; memory then has the bytes so far */
    private boolean appendedToFile(byte[] bytes, int offset, int count) throws IOException {
        try {
            file.write(bytes, offset, count);
            return true;
        } catch (IOException e) {
            memory = new byte[Math.toIntExact(length + count)];
            read(0, memory, (int) length);
            stayInMemory();
            return false;
        }
    }

    private void appendToMemory(byte[] bytes, int offset, int count) {
        int needed = Math.toIntExact(length + count);
        if (needed > memory.length) {
            memory = Arrays.copyOf(memory, Math.max(needed, memory.length * 2));
        }
        System.arraycopy(bytes, offset, memory, (int) length, count);
    }

    private synchronized void read(long from, byte[] bytes, int count) throws RequestBodyException {
        try {
            file.seek(from);
            file.readFully(bytes, 0, count);
        } catch (IOException e) {
            throw new RequestBodyException("The message could not be read back from its temporary file", e);
        }
    }

    private void giveFileBack() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // Its contents are not needed any more.
            }
            file = null;
        }
        delete();
    }

    /** Fails on Windows while the file is open. */
    private void delete() {
        try {
            if (name != null && name.delete()) {
                name = null;
            }
        } catch (SecurityException e) {
            // Creation was allowed but not deletion: the file stays, readable by its owner only.
        }
    }
}
