package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandboxExtensionTest {
    @RegisterExtension
    static final SandboxExtension sandbox =
            new SandboxExtension(Sandbox.builder().domain("one.example"));

    private static Sandbox first;

    @RepeatedTest(2)
    void startsOnceAndResetsBeforeEachTest() throws Exception {
        assertSameSandbox();
        assertEquals(List.of(), sandbox.requests());
        new TestClient(sandbox.get()).get("/limits");
        assertEquals(1, sandbox.requests().size());
        assertEquals(List.of("one.example"), sandbox.domains());
    }

    @Nested
    class InANestedClass {
        @Test
        void itIsTheSameSandbox() {
            assertSameSandbox();
            assertEquals(List.of(), sandbox.requests());
        }
    }

    private static void assertSameSandbox() {
        first = first == null ? sandbox.get() : first;
        assertSame(first, sandbox.get());
    }
}
