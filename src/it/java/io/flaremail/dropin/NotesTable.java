package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table in META-INF-services-notes.md between comments that name it. */
final class NotesTable {
    private static final Path NOTES = Path.of("META-INF-services-notes.md");

    private NotesTable() {}

    /** Failing, it prints what to paste. */
    static void assertShows(String name, String table) throws IOException {
        String block = "<!-- " + name + " -->\n" + table + "<!-- /" + name + " -->\n";
        assertTrue(Files.readString(NOTES).contains(block), () -> NOTES + " should have:\n\n" + block);
    }
}
