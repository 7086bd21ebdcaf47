package io.flaremail.clients.commons;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Starts one sandbox for all test classes and points {@code mail.smtp.*} sessions at it, by system properties only. */
public final class ThroughTheSandbox implements BeforeAllCallback, BeforeEachCallback {
    private static final String BASE = "org.apache.commons.mail2.jakarta.AbstractEmailTest";
    private static final AtomicInteger RELAYED = new AtomicInteger();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(ThroughTheSandbox.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
    }

    /** Each server they start listens on the last one's port plus one, from 2500 on; no test starts more than two. */
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        port().setInt(null, twoFreePorts() - 1);
    }

    /** How many messages came this way so far. */
    static int relayed() {
        return RELAYED.get();
    }

    private static void relay(Accepted accepted) {
        try {
            new WiserRelay(port().getInt(null)).accept(accepted);
            RELAYED.incrementAndGet();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field port() throws ReflectiveOperationException {
        Field port = Class.forName(BASE).getDeclaredField("mailServerPort");
        port.setAccessible(true);
        return port;
    }

    private static int twoFreePorts() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0);
                    ServerSocket second = new ServerSocket(Math.min(first.getLocalPort() + 1, 65535))) {
                return Math.min(first.getLocalPort(), second.getLocalPort());
            } catch (BindException neighbourTaken) {
                // another pair, then
            }
        }
    }

    private static final class Running implements AutoCloseable {
        final Sandbox sandbox = Sandbox.builder()
                .anySender(true)
                .acceptTraceFields(true)
                .onAccepted(ThroughTheSandbox::relay)
                .start();

        Running() {
            System.setProperty("mail.smtp.class", "io.flaremail.CloudflareTransport");
            System.setProperty("mail.cloudflare.account", sandbox.account());
            System.setProperty("mail.cloudflare.token", sandbox.token());
            System.setProperty("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
