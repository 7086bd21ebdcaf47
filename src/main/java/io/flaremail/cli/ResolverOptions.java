package io.flaremail.cli;

import io.flaremail.dns.DnsCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about DNS servers. */
final class ResolverOptions {
    private static final String SERVER = "(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(:\\d{1,5})?";

    @Option(
            names = "--resolver",
            paramLabel = "HOST[:PORT]",
            description = "DNS server to ask. Repeatable: the next one is asked if one does not answer. Default: the"
                    + " system's.")
    List<String> servers = new ArrayList<>();

    @Option(
            names = "--dns-timeout",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Timeout of the first try of each DNS query. Default: ${DEFAULT-VALUE}.")
    int timeout;

    boolean areGiven() {
        return !servers.isEmpty();
    }

    DnsCheck check() throws CliException {
        for (String server : servers) {
            if (!server.matches(SERVER)) {
                throw CliException.usage(
                        "--resolver: expected a host or an address, and perhaps a port, as 192.0.2.1:53");
            }
        }
        if (timeout < 1 || timeout > 600) {
            throw CliException.usage("--dns-timeout: expected seconds, 1 to 600");
        }
        return DnsCheck.asking(servers, Duration.ofSeconds(timeout));
    }
}
