package io.flaremail.dropin.servers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One row of README's table of servers, as a run found it. A cell says {@code yes}, {@code no} or what else there is to
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

    private static final Path FOUND = Path.of("target/servers.md");

    /** Writes it to {@code target/servers.md}, and is content only if README has it so. */
    public void conclude() throws IOException {
        Files.writeString(FOUND, this + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertTrue(
                Files.readString(Path.of("README.md"))
                                .contains(HEAD.lines().toList().get(0))
                        && Files.readString(Path.of("README.md")).contains("\n" + this + "\n"),
                () -> "README's table of servers should have this row:\n" + HEAD + this);
    }

    @Override
    public String toString() {
        return "| " + String.join(" | ", server, jar, staticSend, getTransport, smtp, authenticator, bounce, redeploy)
                + " |";
    }
}
