package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** How long a sandbox lives, by where the extension is registered: these tests run the test classes below. */
@Timeout(60)
class SandboxExtensionScopeTest {
    /** With their ports. */
    private static final Map<Sandbox, Integer> SEEN = new ConcurrentHashMap<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @ParameterizedTest
    @ValueSource(classes = {OnTheClass.class, InAStaticField.class, OncePerClass.class, Derived.class})
    void theClassHasOne(Class<?> testClass) {
        run(testClass, 3);
        assertEquals(1, SEEN.size());
        assertEveryoneIsClosed();
    }

    @ParameterizedTest
    @ValueSource(classes = {OnTheMethods.class, InAnInstanceField.class, InParallel.class})
    void eachTestHasItsOwn(Class<?> testClass) {
        run(testClass, 2);
        assertEquals(2, SEEN.size());
        assertEveryoneIsClosed();
    }

    /** With one instance for all tests, the constructor comes before the class begins. */
    @Test
    void itIsClosedWhenAConstructorFails() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(CannotBeConstructed.class))
                .execute()
                .containerEvents()
                .assertStatistics(events -> events.failed(1));
        assertEquals(1, SEEN.size());
        assertEveryoneIsClosed();
    }

    @Test
    void aFieldThatIsNotRegisteredIsExplained() {
        String message = assertThrows(IllegalStateException.class, () -> new SandboxExtension().get())
                .getMessage();
        assertTrue(message.contains("@RegisterExtension"), message);
    }

    private static void run(Class<?> testClass, int tests) {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(tests).failed(0));
    }

    private static void assertEveryoneIsClosed() {
        for (int port : SEEN.values()) {
            assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        }
    }

    private static void see(Sandbox sandbox) {
        SEEN.put(sandbox, sandbox.endpoint().getPort());
    }

    /** A test that another one would disturb, unless the sandbox is reset or another one. */
    private static void use(Sandbox sandbox) throws Exception {
        see(sandbox);
        assertEquals(List.of(), sandbox.requests());
        assertEquals(200, new TestClient(sandbox).send("ada@example.org").statusCode());
        assertEquals(1, sandbox.messages().list().size());
    }

    @ExtendWith(SandboxExtension.class)
    static class OnTheClass {
        private final Sandbox constructors;

        OnTheClass(Sandbox sandbox) {
            constructors = sandbox;
        }

        @BeforeAll
        static void begin(Sandbox sandbox) {
            see(sandbox);
        }

        @BeforeEach
        void before(Sandbox sandbox, Messages messages) {
            assertSame(constructors, sandbox);
            assertEquals(List.of(), messages.list());
        }

        @Test
        void first(Sandbox sandbox) throws Exception {
            use(sandbox);
        }

        @Test
        void second(Sandbox sandbox, Messages messages) throws Exception {
            use(sandbox);
            assertEquals(1, messages.list().size());
        }

        @Nested
        class Inside {
            @Test
            void third(Sandbox sandbox) throws Exception {
                assertSame(constructors, sandbox);
                use(sandbox);
            }
        }
    }

    static class InAStaticField {
        @RegisterExtension
        static final SandboxExtension sandbox = new SandboxExtension();

        @Test
        void first() throws Exception {
            use(sandbox.get());
        }

        @Test
        void second(Messages messages) throws Exception {
            use(sandbox.get());
            assertEquals(1, messages.list().size());
        }

        @Nested
        class Inside {
            @Nested
            class Deeper {
                @Test
                void third() throws Exception {
                    use(sandbox.get());
                }
            }
        }
    }

    /** Runs after its base class did, with the same extension. */
    static class Derived extends InAStaticField {}

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @ExtendWith(SandboxExtension.class)
    static class OncePerClass {
        OncePerClass(Sandbox sandbox) {
            see(sandbox);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void repeated(int number, Sandbox sandbox) throws Exception {
            use(sandbox);
        }
    }

    static class OnTheMethods {
        @Test
        @ExtendWith(SandboxExtension.class)
        void first(Sandbox sandbox) throws Exception {
            use(sandbox);
        }

        @Test
        @ExtendWith(SandboxExtension.class)
        void second(Sandbox sandbox, Messages messages) throws Exception {
            use(sandbox);
            assertEquals(1, messages.list().size());
        }
    }

    static class InAnInstanceField {
        @RegisterExtension
        final SandboxExtension sandbox = new SandboxExtension(Sandbox.builder().domain("example.com"));

        @Test
        void first() throws Exception {
            use(sandbox.get());
        }

        @Nested
        class Inside {
            @Test
            void second() throws Exception {
                use(sandbox.get());
            }
        }
    }

    /** Each waits for the other one. */
    @Execution(ExecutionMode.CONCURRENT)
    static class InParallel {
        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @RegisterExtension
        final SandboxExtension sandbox = new SandboxExtension();

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void atTheSameTime(int number) throws Exception {
            use(sandbox.get());
            BOTH.await(30, TimeUnit.SECONDS);
            assertEquals(1, sandbox.messages().list().size());
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @ExtendWith(SandboxExtension.class)
    static class CannotBeConstructed {
        CannotBeConstructed(Sandbox sandbox) {
            see(sandbox);
            throw new IllegalStateException("as intended");
        }

        @Test
        void neverRuns() {}
    }
}
