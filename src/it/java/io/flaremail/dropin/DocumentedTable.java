package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A table of the documentation whose rows are what runs found.
 *
 * @param page where it is
 * @param found where the rows of this build are collected
 * @param head its first two lines
 */
public record DocumentedTable(Path page, Path found, String head) {
    /** Writes a row to the collection, and fails unless the page has it. */
    public void requireRow(String row) throws IOException {
        Files.writeString(found, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        String text = Files.readString(page);
        assertTrue(
                text.contains(head.lines().toList().get(0)) && text.contains("\n" + row + "\n"),
                () -> page + " should have this row:\n" + head + row);
    }
}
