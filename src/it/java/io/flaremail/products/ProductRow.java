package io.flaremail.products;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One row of the table in docs/applications.md, as a run found it. A cell is {@code yes}, or what there is to know; {@code –}
 * where the product has no such thing.
 *
 * @param product name and version
 * @param jar which jars, and where they are
 * @param bounce where a bouncing recipient appears
 * @param wrongToken what the product's own test of the connection shows with a wrong token
 * @param otherHost whether a real SMTP server still gets the mail
 */
record ProductRow(
        String product,
        String jar,
        String plain,
        String htmlAndAttachment,
        String bccHidden,
        String bounce,
        String wrongToken,
        String otherHost) {
    static final String HEAD =
            "| product | jars in | plain message | HTML with attachment | Bcc hidden | bouncing recipient"
                    + " | wrong token | other host still SMTP |\n|---|---|---|---|---|---|---|---|\n";

    private static final Path TABLE = Path.of("docs/applications.md");
    private static final Path FOUND = Path.of("target/products.md");

    /** Writes it to {@code target/products.md}, and fails unless docs/applications.md has this row. */
    void conclude() throws IOException {
        System.out.println(this);
        Files.writeString(FOUND, this + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        String table = Files.readString(TABLE);
        assertTrue(
                table.contains(HEAD.lines().toList().get(0)) && table.contains("\n" + this + "\n"),
                () -> TABLE + " should have this row:\n" + HEAD + this);
    }

    @Override
    public String toString() {
        return "| "
                + String.join(" | ", product, jar, plain, htmlAndAttachment, bccHidden, bounce, wrongToken, otherHost)
                + " |";
    }
}
