package io.flaremail.sandbox.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sends the mail of a Spring test's application context to a sandbox. The {@code spring.mail.*} properties that select the sandbox
 * are set before the context starts, and override those of {@code application.properties}. The sandbox is closed with the
 * context; test classes that share a context share it. It is reset before each test method.
 *
 * <pre>{@code
 * @SpringBootTest
 * @FlaremailSandbox
 * class WelcomeTest {
 *     @Test
 *     void greets(@Autowired Greeter greeter, Messages messages) { ... }
 * }
 * }</pre>
 *
 * {@link io.flaremail.sandbox.Sandbox} and {@link io.flaremail.sandbox.Messages} are beans, and parameters of tests and lifecycle
 * methods. For a mail session that does not come from {@code spring.mail.*}, the properties {@code flaremail.sandbox.endpoint},
 * {@code .account}, {@code .token} and {@code .imap} can be used in placeholders.
 *
 * <p>Tests: FlaremailSandboxTest, MavenProjectsIT.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SandboxParameterResolver.class)
public @interface FlaremailSandbox {
    /** The onboarded sending domains. */
    String[] domains() default {"example.com"};

    /** Whether any domain may send. */
    boolean anySender() default false;
}
