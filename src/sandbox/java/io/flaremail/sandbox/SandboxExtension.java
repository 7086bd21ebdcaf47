package io.flaremail.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A sandbox for tests with JUnit 5 or 6. In a static field, or with {@code @ExtendWith} on the class, one sandbox serves the class
 * and its nested classes, and is reset before each test. In an instance field, or with {@code @ExtendWith} on a method, each test
 * has its own, so that tests may run in parallel. Parameters of the types {@link Sandbox} and {@link Messages} are injected.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SandboxExtension sandbox = new SandboxExtension();
 * }</pre>
 *
 * Tests: SandboxExtensionTest, SandboxExtensionScopeTest, JUnitVersionsIT.
 */
public final class SandboxExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private final SandboxBuilder builder;
    private volatile Sandbox sandbox;

    public SandboxExtension() {
        this(Sandbox.builder());
    }

    public SandboxExtension(SandboxBuilder builder) {
        this.builder = builder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        sandboxOf(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        sandboxOf(context).reset();
    }

    /** The one of the class, or of a class around it; otherwise a new one, which JUnit closes at the end of this context. */
    private Sandbox sandboxOf(ExtensionContext context) {
        return context.getStore(Namespace.create(SandboxExtension.class, this))
                .getOrComputeIfAbsent("sandbox", key -> new Running(), Running.class)
                .started;
    }

    // JUnit closes the one before 5.13, and the other since.
    @SuppressWarnings("deprecation")
    private final class Running implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        private final Sandbox started = builder.start();

        Running() {
            sandbox = started;
        }

        @Override
        public void close() {
            if (sandbox == started) {
                sandbox = null;
            }
            started.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Sandbox.class || type == Messages.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Sandbox running = sandboxOf(context);
        return parameter.getParameter().getType() == Sandbox.class ? running : running.messages();
    }

    /** @throws IllegalStateException outside of tests */
    public Sandbox get() {
        Sandbox running = sandbox;
        if (running == null) {
            throw new IllegalStateException("The sandbox runs only during tests;"
                    + " SandboxExtension needs @RegisterExtension on its field, or @ExtendWith on the class or method");
        }
        return running;
    }

    /** See {@link Sandbox#messages()}. */
    public Messages messages() {
        return get().messages();
    }

    /** See {@link Sandbox#properties()}. */
    public Properties properties() {
        return get().properties();
    }

    public URI endpoint() {
        return get().endpoint();
    }

    public String account() {
        return get().account();
    }

    public String zone() {
        return get().zone();
    }

    public String token() {
        return get().token();
    }

    public List<String> domains() {
        return get().domains();
    }

    public String imap() {
        return get().imap();
    }

    public List<Exchange> requests() {
        return get().requests();
    }

    public List<Exchange> awaitRequests(int count, Duration atMost) throws InterruptedException {
        return get().awaitRequests(count, atMost);
    }

    public List<Accepted> accepted() {
        return get().accepted();
    }

    public List<byte[]> mailbox(String address) {
        return get().mailbox(address);
    }

    public long connections() {
        return get().connections();
    }

    public void fail(Fault... faults) {
        get().fail(faults);
    }
}
