package io.flaremail.sandbox;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where all ports listen, and by which names HTTP clients may call the host.
 *
 * @param names in lower case, beside those of this machine itself
 */
record ListenAddress(InetAddress address, Set<String> names) {
    /** A browser that was told that a foreign name is at 127.0.0.1 sends that name. RFC 9110 7.4. */
    private static final Pattern LOCAL =
            Pattern.compile("(?i)(127\\.0\\.0\\.1|\\[::1]|([a-z0-9-]+\\.)*localhost)(:\\d+)?");

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern NAME = Pattern.compile("(?i)[a-z0-9._-]+|\\[[0-9a-f:.]+]");
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * @throws IllegalArgumentException if the address is not an IP address, or a name has another form than in a URL
     */
    static ListenAddress of(String address, Set<String> names) {
        Set<String> lower = new HashSet<>();
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("expected a host name without a port, got \"" + name + "\"");
            }
            lower.add(name.toLowerCase(Locale.ROOT));
        }
        return new ListenAddress(literal(address), Set.copyOf(lower));
    }

    /** A name is not looked up: it may have several addresses. */
    private static InetAddress literal(String address) {
        try {
            if (LITERAL.matcher(address).matches()) {
                return InetAddress.getByName(address);
            }
        } catch (UnknownHostException e) {
            // Looks like an address, such as 1.2.3.999.
        }
        throw new IllegalArgumentException("expected an IP address, got \"" + address + "\"");
    }

    boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** As Java's sockets take it. */
    String host() {
        return address.getHostAddress();
    }

    /** As clients on this machine reach it, for URLs. */
    String urlHost() {
        if (address.isAnyLocalAddress()) {
            return LOOPBACK;
        }
        return address instanceof Inet6Address ? "[" + host() + "]" : host();
    }

    /** @param header of the field Host */
    boolean isCalled(String header) {
        String host = header.trim();
        String name = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return LOCAL.matcher(host).matches() || names.contains(name) || name.equals(urlHost());
    }

    /** For the answer to a request with another name. */
    String expected() {
        return names.isEmpty()
                ? "127.0.0.1 or localhost"
                : "127.0.0.1, localhost or " + String.join(", ", new TreeSet<>(names));
    }
}
