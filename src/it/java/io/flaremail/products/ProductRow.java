package io.flaremail.products;

import io.flaremail.dropin.DocumentedTable;
import java.io.IOException;
import java.nio.file.Path;

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

    private static final DocumentedTable TABLE =
            new DocumentedTable(Path.of("docs/applications.md"), Path.of("target/products.md"), HEAD);

    /** Writes it to {@code target/products.md}, and fails unless docs/applications.md has this row. */
    void conclude() throws IOException {
        System.out.println(this);
        TABLE.requireRow(toString());
    }

    @Override
    public String toString() {
        return "| "
                + String.join(" | ", product, jar, plain, htmlAndAttachment, bccHidden, bounce, wrongToken, otherHost)
                + " |";
    }
}
