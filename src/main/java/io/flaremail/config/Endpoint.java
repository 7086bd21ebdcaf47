package io.flaremail.config;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks where the API token may be sent: over https, or unencrypted only within this machine.
 *
 * <p>Tests: EndpointTest.
 */
public final class Endpoint {
    /** The valid combinations of proxy and endpoint, for messages. */
    public static final String PROXY_EXPECTED =
            "a proxy on this machine, or an https endpoint; the API token would be sent unencrypted";

    /** The host that chooses Cloudflare in an application's form for an SMTP server. */
    public static final String FORM_HOST = "api.cloudflare.com";

    private static final String IPV4_LOOPBACK = "127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}";

    private Endpoint() {}

    /**
     * Checks an endpoint.
     *
     * @return the endpoint
     * @throws IllegalArgumentException if it is invalid; the message says why
     */
    public static URI require(URI endpoint) {
        expected(endpoint).ifPresent(expected -> {
            throw new IllegalArgumentException("endpoint: expected " + expected);
        });
        return endpoint;
    }

    /** What is expected instead of this endpoint; empty if it is valid. */
    static Optional<String> expected(URI endpoint) {
        Objects.requireNonNull(endpoint, "endpoint");
        if (endpoint.getHost() == null || endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            return Optional.of("an absolute URL without query or fragment");
        }
        if (endpoint.getPort() > 65535) {
            return Optional.of("a port up to 65535");
        }
        if (endpoint.getRawUserInfo() != null) {
            return Optional.of("a URL without a user or password in it");
        }
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(endpoint.getHost()))) {
            return Optional.of(
                    "https; the API token would be sent unencrypted (http is accepted for localhost, 127.0.0.0/8"
                            + " and [::1])");
        }
        return Optional.empty();
    }

    /** Whether a host that was typed for an SMTP server chooses Cloudflare; null does not. */
    public static boolean isFormHost(String host) {
        String name = host == null ? "" : host.trim().toLowerCase(Locale.ROOT);
        return FORM_HOST.equals(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }

    /** Whether requests to this endpoint may go through a proxy on this host. */
    public static boolean allowsProxy(URI endpoint, String proxyHost) {
        return "https".equalsIgnoreCase(endpoint.getScheme()) || isLoopback(proxyHost);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.equals("[0:0:0:0:0:0:0:1]")
                || host.matches(IPV4_LOOPBACK);
    }
}
