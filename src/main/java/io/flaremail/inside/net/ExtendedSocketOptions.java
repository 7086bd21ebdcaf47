package io.flaremail.inside.net;

import java.net.SocketOption;

/** Like {@code jdk.net.ExtendedSocketOptions}; see {@link Sockets}. */
public final class ExtendedSocketOptions {
    public static final SocketOption<Integer> TCP_KEEPIDLE = option("TCP_KEEPIDLE");
    public static final SocketOption<Integer> TCP_KEEPINTERVAL = option("TCP_KEEPINTERVAL");
    public static final SocketOption<Integer> TCP_KEEPCOUNT = option("TCP_KEEPCOUNT");

    private ExtendedSocketOptions() {}

    private static SocketOption<Integer> option(String name) {
        return new SocketOption<Integer>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Class<Integer> type() {
                return Integer.class;
            }
        };
    }
}
