package io.flaremail.api;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** Where the token may go: over https, or in the clear no further than this machine. */
public final class Endpoint {
    private static final String IPV4_LOOPBACK = "127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}";

    private Endpoint() {}

    /**
     * Checks an endpoint.
     *
     * @return the same
     * @throws IllegalArgumentException says what is wrong with it
     */
    public static URI require(URI endpoint) {
        Objects.requireNonNull(endpoint, "endpoint");
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        if (endpoint.getHost() == null || endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("expected an absolute URL without query or fragment");
        }
        if (endpoint.getPort() > 65535) {
            throw new IllegalArgumentException("expected a port up to 65535");
        }
        if (endpoint.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected a URL without a user or password in it");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(endpoint.getHost()))) {
            throw new IllegalArgumentException(
                    "expected https (http only to localhost, 127.0.0.0/8 or [::1]): the API token must not travel in the clear");
        }
        return endpoint;
    }

    static boolean isClear(URI endpoint) {
        return !"https".equalsIgnoreCase(endpoint.getScheme());
    }

    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.equals("[0:0:0:0:0:0:0:1]")
                || host.matches(IPV4_LOOPBACK);
    }
}
