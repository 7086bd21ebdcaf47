package io.flaremail.sandbox.spring;

import io.flaremail.sandbox.Sandbox;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Resets the sandbox before each test method, and before {@code @BeforeEach}. */
final class SandboxResetListener extends AbstractTestExecutionListener {
    @Override
    public void beforeTestMethod(TestContext test) {
        if (SandboxContextCustomizerFactory.annotation(test.getTestClass()) != null) {
            test.getApplicationContext().getBean(Sandbox.class).reset();
        }
    }
}
