package io.flaremail.inside.net;

import java.net.Socket;
import java.net.SocketOption;
import java.util.Collections;
import java.util.Set;

/** Like {@code jdk.net.Sockets} on a system that supports none of the options. Public because HttpClient calls it. */
public final class Sockets {
    private Sockets() {}

    /** Empty, so that no option is set. */
    public static Set<SocketOption<?>> supportedOptions(Class<?> socketType) {
        return Collections.emptySet();
    }

    /** @throws UnsupportedOperationException always, as for an unsupported option */
    public static <T> void setOption(Socket socket, SocketOption<T> name, T value) {
        throw new UnsupportedOperationException(String.valueOf(name));
    }
}
