package io.flaremail.dropin.servers;

import io.flaremail.dropin.DocumentedTable;
import java.io.IOException;
import java.nio.file.Path;

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

    private static final DocumentedTable TABLE =
            new DocumentedTable(Path.of("docs/servers.md"), Path.of("target/servers.md"), HEAD);

    /** Writes it to {@code target/servers.md}, and fails unless docs/servers.md has this row. */
    public void conclude() throws IOException {
        TABLE.requireRow(toString());
    }

    @Override
    public String toString() {
        return "| " + String.join(" | ", server, jar, staticSend, getTransport, smtp, authenticator, bounce, redeploy)
                + " |";
    }
}
