package io.flaremail.http;

import java.util.Objects;

/** An HTTP proxy for requests, with CONNECT if the endpoint is https. Immutable. */
public final class HttpProxy {
    private final String host;
    private final int port;
    private final String user;
    private final String password;

    /**
     * @param host name or address, not null
     * @param port 1 to 65535
     * @param user for Basic authentication, or null for none
     * @param password its password, or null for an empty one
     */
    public HttpProxy(String host, int port, String user, String password) {
        this.host = Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: expected 1 to 65535, got " + port);
        }
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /** Name or address; never null. */
    public String host() {
        return host;
    }

    int port() {
        return port;
    }

    String user() {
        return user;
    }

    char[] password() {
        return password == null ? new char[0] : password.toCharArray();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof HttpProxy)) {
            return false;
        }
        HttpProxy that = (HttpProxy) other;
        return host.equals(that.host)
                && port == that.port
                && Objects.equals(user, that.user)
                && Objects.equals(password, that.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, user, password);
    }

    /** The host and port; never the credentials. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
