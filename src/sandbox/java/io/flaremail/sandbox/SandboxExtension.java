package io.flaremail.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One sandbox for a test class, reset before each test.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SandboxExtension sandbox = new SandboxExtension();
 * }</pre>
 */
public final class SandboxExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final SandboxBuilder builder;
    private Sandbox sandbox;
    private int depth;

    public SandboxExtension() {
        this(Sandbox.builder());
    }

    public SandboxExtension(SandboxBuilder builder) {
        this.builder = builder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // A nested class is announced here too, and shares the sandbox of the class around it.
        if (depth++ == 0) {
            sandbox = builder.start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        sandbox.reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--depth == 0) {
            sandbox.close();
        }
    }

    public Sandbox get() {
        return sandbox;
    }

    /** See {@link Sandbox#messages()}. */
    public Messages messages() {
        return sandbox.messages();
    }

    public URI endpoint() {
        return sandbox.endpoint();
    }

    public String account() {
        return sandbox.account();
    }

    public String zone() {
        return sandbox.zone();
    }

    public String token() {
        return sandbox.token();
    }

    public List<String> domains() {
        return sandbox.domains();
    }

    public String imap() {
        return sandbox.imap();
    }

    public List<Exchange> requests() {
        return sandbox.requests();
    }

    public List<Exchange> awaitRequests(int count, Duration atMost) throws InterruptedException {
        return sandbox.awaitRequests(count, atMost);
    }

    public List<Accepted> accepted() {
        return sandbox.accepted();
    }

    public List<byte[]> mailbox(String address) {
        return sandbox.mailbox(address);
    }

    public long connections() {
        return sandbox.connections();
    }

    public void fail(Fault... faults) {
        sandbox.fail(faults);
    }
}
