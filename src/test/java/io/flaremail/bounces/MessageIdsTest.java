package io.flaremail.bounces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageIdsTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    Path folder;

    private MessageIdFolder at(Instant time) throws IOException {
        return MessageIdFolder.at(folder.resolve("ids"), Clock.fixed(time, ZoneOffset.UTC));
    }

    @Test
    void aFolder() throws Exception {
        MessageIdFolder ids = at(NOON);
        ids.add("<s1@a>", "<o1@b>");
        ids.add("<s2@a>", "<o 2\t\n@b>");
        assertEquals(Optional.of("<o1@b>"), at(NOON).find("<s1@a>"));
        assertEquals(Optional.of("<o 2 @b>"), ids.find("<s2@a>"));
        assertEquals(Optional.empty(), ids.find("<s1"));
    }

    /** By number: a clock that is a year ahead for a moment must not delete everything. */
    @Test
    void theLatestDaysAreKept() throws Exception {
        at(NOON.plus(Duration.ofDays(365))).add("<future@a>", "<o@b>");
        Files.createFile(folder.resolve("ids/message-ids.txt"));
        for (int day = 0; day <= MessageIdFolder.MAX_FILES; day++) {
            at(NOON.plus(Duration.ofDays(day))).add("<" + day + "@a>", "<o" + day + "@b>");
        }
        assertEquals(Optional.empty(), at(NOON).find("<0@a>"));
        assertEquals(Optional.of("<o2@b>"), at(NOON).find("<2@a>"));
        assertEquals(Optional.of("<o@b>"), at(NOON).find("<future@a>"));
        try (Stream<Path> left = Files.list(folder.resolve("ids"))) {
            // The one of today was written after the others were counted.
            assertEquals(MessageIdFolder.MAX_FILES + 1 + 1, left.count(), "the files of others stay");
        }
    }

    /** As a full disk leaves it: the end is missing, in the middle of a character. */
    @Test
    void anEntryThatWasCutHidesNoOther() throws Exception {
        at(NOON).add("<s1@a>", "<o1@b>");
        Path file = folder.resolve("ids/message-ids-2026-11-28.tsv");
        Files.write(file, new byte[] {'\n', '<', 's', (byte) 0xC3}, java.nio.file.StandardOpenOption.APPEND);
        at(NOON).add("<s2@a>", "<o2@b>");
        assertEquals(Optional.of("<o1@b>"), at(NOON).find("<s1@a>"));
        assertEquals(Optional.of("<o2@b>"), at(NOON).find("<s2@a>"));
    }

    @Test
    void manyWriters() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 500; i++) {
            String id = "<" + i + "@a>";
            MessageIdFolder own = at(NOON); // as another process has
            threads.execute(() -> {
                try {
                    own.add(id, "own " + id);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        threads.shutdown();
        threads.awaitTermination(60, TimeUnit.SECONDS);
        MessageIdFolder ids = at(NOON);
        for (int i : IntStream.range(0, 500).toArray()) {
            assertEquals(Optional.of("own <" + i + "@a>"), ids.find("<" + i + "@a>"));
        }
    }

    @Test
    void aTable() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:ids;DB_CLOSE_DELAY=-1");
        MessageIdTable ids = new MessageIdTable(database, "message_ids");
        assertThrows(IOException.class, () -> ids.add("<s1@a>", "<o1@b>"));
        assertThrows(IOException.class, () -> ids.find("<s1@a>"));
        create(database);
        ids.add("<s1@a>", "<o1@b>");
        ids.add("<s1@a>", "<o1@b>"); // a listener may be called again
        assertEquals(Optional.of("<o1@b>"), ids.find("<s1@a>"));
        assertFalse(ids.find("<s2@a>").isPresent());
        assertThrows(IllegalArgumentException.class, () -> new MessageIdTable(database, "x; DROP TABLE y"));
    }

    private static void create(JdbcDataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE message_ids (service_id VARCHAR(255) NOT NULL PRIMARY KEY,"
                    + " original_id VARCHAR(998) NOT NULL, added_at TIMESTAMP NOT NULL)");
        }
    }
}
