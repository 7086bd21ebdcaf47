package io.flaremail.dropin.servers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One row of the table in docs/servers.md, as a run found it. A cell says {@code yes}, {@code no} or what else there is to
 * know; {@code –} where it was not tried.
 *
 * @param server name and version
 * @param jar which jar, and where it is
 */
public record ServerRow(
        String server,
        String jar,
        String staticSend,
        String getTransport,
        String smtp,
        String authenticator,
        String bounce,
        String redeploy) {
    static final String HEAD =
            "| server | jar in | `Transport.send` | `getTransport()` | `\"smtp\"` | token by authenticator "
                    + "| bounce | redeployed twice |\n|---|---|---|---|---|---|---|---|\n";

    private static final Path TABLE = Path.of("docs/servers.md");
    private static final Path FOUND = Path.of("target/servers.md");

    /** Writes it to {@code target/servers.md}, and fails unless docs/servers.md has this row. */
    public void conclude() throws IOException {
        Files.writeString(FOUND, this + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertTrue(
                Files.readString(TABLE).contains(HEAD.lines().toList().get(0))
                        && Files.readString(TABLE).contains("\n" + this + "\n"),
                () -> TABLE + " should have this row:\n" + HEAD + this);
    }

    @Override
    public String toString() {
        return "| " + String.join(" | ", server, jar, staticSend, getTransport, smtp, authenticator, bounce, redeploy)
                + " |";
    }
}
