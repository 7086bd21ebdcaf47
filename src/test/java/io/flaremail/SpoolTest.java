package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flaremail.http.RequestBodyException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large message while it is being sent: complete wherever it is kept, and nowhere afterwards. */
class SpoolTest {
    private static final int LIMIT = 1000;

    @TempDir
    private Path directory;

    private File made;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT, LIMIT + 1, 10 * LIMIT, 100 * LIMIT})
    void whatWasWrittenIsReadAsOftenAsWanted(int length) throws Exception {
        byte[] bytes = bytes(length);
        try (Spool spool = new Spool(LIMIT, this::file)) {
            write(bytes, spool);
            assertEquals(length, spool.length());
            assertArrayEquals(bytes, read(spool));
            assertArrayEquals(bytes, read(spool));
            assertEquals(length > LIMIT, made != null, "a file is made beyond the limit only");
        }
        assertTrue(made == null || !made.exists());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be deleted there")
    void noOtherProcessFindsTheFile() throws Exception {
        try (Spool spool = new Spool(LIMIT, this::file)) {
            write(bytes(2 * LIMIT), spool);
            assertFalse(made.exists(), "deleted while it is open");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions there")
    void onlyTheOwnerMayReadTheFile() throws Exception {
        File file = Spool.temporaryFile();
        try {
            assertEquals(
                    Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE),
                    Files.getPosixFilePermissions(file.toPath()));
        } finally {
            assertTrue(file.delete());
        }
    }

    /** No folder, no permission, a full disk: the message goes out all the same. */
    @Test
    void withoutAFileItStaysInMemory() throws Exception {
        byte[] bytes = bytes(10 * LIMIT);
        Callable<File> none = () -> {
            throw new IOException("no such folder");
        };
        try (Spool spool = new Spool(LIMIT, none)) {
            write(bytes, spool);
            assertArrayEquals(bytes, read(spool));
        }
        try (Spool spool =
                new Spool(LIMIT, () -> directory.resolve("no/such/file").toFile())) {
            write(bytes, spool);
            assertArrayEquals(bytes, read(spool));
        }
    }

    /** Linux has a device for that. */
    @Test
    void aDiskThatIsFullLosesNothing() throws Exception {
        File full = new File("/dev/full");
        assumeTrue(full.exists(), "this system has no /dev/full");
        byte[] bytes = bytes(10 * LIMIT);
        Path link = Files.createSymbolicLink(directory.resolve("link"), full.toPath());
        try (Spool spool = new Spool(LIMIT, link::toFile)) {
            write(bytes, spool);
            assertArrayEquals(bytes, read(spool));
        }
        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        assertTrue(full.exists());
    }

    /** Part of a piece may be in the file when there is no more room. */
    @ParameterizedTest
    @ValueSource(ints = {LIMIT - 1, LIMIT + 1, 3 * LIMIT, 9 * LIMIT})
    void aDiskThatFillsUpLosesNothing(int room) throws Exception {
        byte[] bytes = bytes(10 * LIMIT);
        Spool spool = new Spool(LIMIT, this::file) {
            @Override
            RandomAccessFile open(File name) throws IOException {
                return new SmallDisk(name, room);
            }
        };
        try (spool) {
            write(bytes, spool);
            assertFalse(made.exists(), "given back at once");
            assertEquals(bytes.length, spool.length());
            assertArrayEquals(bytes, read(spool));
        }
    }

    /** A failure of the message, for which no other try of the request is of use, and not one of the network. */
    @Test
    void aFileThatCannotBeReadBackIsNoFailureOfTheNetwork() throws Exception {
        Spool spool = new Spool(LIMIT, this::file) {
            @Override
            RandomAccessFile open(File name) throws IOException {
                return new RandomAccessFile(name, "rw") {
                    @Override
                    public int read(byte[] bytes, int offset, int count) throws IOException {
                        throw new IOException("Input/output error");
                    }
                };
            }
        };
        try (spool) {
            write(bytes(2 * LIMIT), spool);
            RequestBodyException thrown = assertThrows(RequestBodyException.class, () -> read(spool));
            assertEquals("Input/output error", thrown.getCause().getMessage());
        }
    }

    /** As on Windows: it is deleted when it is closed. */
    @Test
    void aFileThatCannotBeDeletedWhileItIsOpenIsDeletedAfterwards() throws Exception {
        List<String> deletions = new ArrayList<>();
        Callable<File> stubborn = () -> new File(file().getPath()) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean delete() {
                deletions.add("");
                return deletions.size() > 1 && super.delete();
            }
        };
        try (Spool spool = new Spool(LIMIT, stubborn)) {
            write(bytes(2 * LIMIT), spool);
            assertTrue(made.exists());
        }
        assertFalse(made.exists());
        assertEquals(2, deletions.size());
    }

    /** It is there, and not yet open. */
    @Test
    void anErrorWhileTheFileIsBeingOpenedLeavesNone() throws Exception {
        Spool spool = new Spool(LIMIT, this::file) {
            @Override
            RandomAccessFile open(File name) {
                throw new NoClassDefFoundError("in a test");
            }
        };
        assertThrows(NoClassDefFoundError.class, () -> write(bytes(2 * LIMIT), spool));
        spool.close();
        assertFalse(made.exists());
    }

    @Test
    void severalThreadsReadAtOnce() throws Exception {
        byte[] bytes = bytes(200 * LIMIT);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Spool spool = new Spool(LIMIT, this::file)) {
            write(bytes, spool);
            Callable<byte[]> reading = () -> read(spool);
            for (Future<byte[]> each : threads.invokeAll(
                    IntStream.range(0, 32).mapToObj(i -> reading).toList())) {
                assertArrayEquals(bytes, each.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anInterruptedThreadReadsAndWrites() throws Exception {
        byte[] bytes = bytes(2 * LIMIT);
        Thread.currentThread().interrupt();
        try (Spool spool = new Spool(LIMIT, this::file)) {
            write(bytes, spool);
            assertArrayEquals(bytes, read(spool));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    /** An Error of the message, or one that a rewrite gives up on, leaves no file. */
    @Test
    void aMessageThatFailsLeavesNoFile() throws Exception {
        Spool spool = new Spool(LIMIT, this::file);
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties())) {
            @Override
            public void writeTo(OutputStream out, String[] ignored) throws IOException {
                out.write(bytes(20 * LIMIT));
                throw new NoClassDefFoundError("a class of the application's");
            }
        };
        assertThrows(NoClassDefFoundError.class, () -> WireMessage.of(message, HeaderRules.without(List.of()), spool));
        assertFalse(made.exists());
        assertEquals(0, spool.length());
    }

    /** Takes so many bytes and no more. */
    private static final class SmallDisk extends RandomAccessFile {
        private int room;

        private SmallDisk(File name, int room) throws IOException {
            super(name, "rw");
            this.room = room;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            super.write(bytes, offset, Math.min(room, count));
            room -= count;
            if (room < 0) {
                room = 0;
                throw new IOException("No space left on device");
            }
        }
    }

    private File file() throws IOException {
        made = Files.createTempFile(directory, "spool", "").toFile();
        return made;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** In pieces of all sizes, single bytes among them. */
    private static void write(byte[] bytes, Spool spool) throws IOException {
        int at = 0;
        for (int piece = 1; at < bytes.length; piece = piece * 3 % 1009) {
            int count = Math.min(piece, bytes.length - at);
            if (count == 1) {
                spool.write(bytes[at]);
            } else {
                spool.write(bytes, at, count);
            }
            at += count;
        }
    }

    private static byte[] read(Spool spool) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        spool.writeTo(out);
        return out.toByteArray();
    }
}
