package io.flaremail.inside.net;

import java.net.Socket;
import java.net.SocketOption;
import java.util.Collections;
import java.util.Set;

/** As {@code jdk.net.Sockets} of a system that knows none of the options. Public because HttpClient calls it. */
public final class Sockets {
    private Sockets() {}

    /** None, so that nobody sets one. */
    public static Set<SocketOption<?>> supportedOptions(Class<?> socketType) {
        return Collections.emptySet();
    }

    /** @throws UnsupportedOperationException always, as of an option that is not supported */
    public static <T> void setOption(Socket socket, SocketOption<T> name, T value) {
        throw new UnsupportedOperationException(String.valueOf(name));
    }
}
