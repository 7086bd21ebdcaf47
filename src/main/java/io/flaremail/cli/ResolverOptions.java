package io.flaremail.cli;

import io.flaremail.dns.DnsCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which DNS servers to ask. */
final class ResolverOptions {
    private static final String SERVER = "(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(:\\d{1,5})?";

    @Option(
            names = "--resolver",
            paramLabel = "HOST[:PORT]",
            description =
                    "DNS server to ask instead of the system's; repeated, the next is for when the one before does"
                            + " not answer.")
    List<String> servers = new ArrayList<>();

    @Option(
            names = "--dns-timeout",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "For the first try of each question. Default: ${DEFAULT-VALUE}.")
    int timeout;

    boolean areGiven() {
        return !servers.isEmpty();
    }

    DnsCheck check() throws Trouble {
        for (String server : servers) {
            if (!server.matches(SERVER)) {
                throw Trouble.usage("--resolver: expected a host or an address, and perhaps a port, as 192.0.2.1:53");
            }
        }
        if (timeout < 1 || timeout > 600) {
            throw Trouble.usage("--dns-timeout: expected seconds, 1 to 600");
        }
        return DnsCheck.asking(servers, Duration.ofSeconds(timeout));
    }
}
