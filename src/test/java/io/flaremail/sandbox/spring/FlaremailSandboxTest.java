package io.flaremail.sandbox.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.Messages;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextHierarchy;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The annotation with Spring alone; MavenProjectsIT has Spring Boot. */
@SpringJUnitConfig(FlaremailSandboxTest.Application.class)
@TestPropertySource(properties = {"spring.mail.host=smtp.example.com", "spring.mail.password=of-the-application"})
@FlaremailSandbox
class FlaremailSandboxTest {
    private static final String SESSION = "spring.mail.properties.";

    /** Makes the sender of the properties, as Spring Boot does. */
    static class Application {
        @Bean
        JavaMailSender sender(ConfigurableEnvironment environment) {
            JavaMailSenderImpl sender = new JavaMailSenderImpl();
            sender.setHost(environment.getProperty("spring.mail.host"));
            sender.setProtocol(environment.getProperty("spring.mail.protocol"));
            sender.setUsername(environment.getProperty("spring.mail.username"));
            sender.setPassword(environment.getProperty("spring.mail.password"));
            Properties properties = new Properties();
            environment.getPropertySources().stream()
                    .flatMap(source -> source instanceof EnumerablePropertySource<?> known
                            ? Stream.of(known.getPropertyNames())
                            : Stream.empty())
                    .filter(name -> name.startsWith(SESSION))
                    .forEach(name -> properties.put(name.substring(SESSION.length()), environment.getProperty(name)));
            sender.setJavaMailProperties(properties);
            return sender;
        }
    }

    @Autowired
    private JavaMailSender sender;

    @Autowired
    private Sandbox sandbox;

    @BeforeAll
    static void parametersOfLifecycleMethods(Sandbox sandbox) {
        assertEquals(List.of("example.com"), sandbox.domains());
    }

    @BeforeEach
    void isResetBeforeEachTest(Messages messages) {
        assertEquals(List.of(), messages.list());
    }

    @RepeatedTest(2)
    void mailArrives(Messages messages) {
        send(sender, "ada@example.com");
        assertEquals("Welcome", messages.to("grace@example.org").list().get(0).subject());
    }

    @Test
    void parametersAndBeansAreTheSame(Sandbox parameter, @Autowired Sandbox autowired, @Autowired Messages messages) {
        assertSame(sandbox, parameter);
        assertSame(sandbox, autowired);
        send(sender, "ada@example.com");
        assertEquals(1, messages.list().size());
    }

    @Test
    void itsPropertiesWin(@Autowired Environment environment) {
        assertEquals(sandbox.token(), environment.getProperty("spring.mail.password"));
        assertEquals("127.0.0.1", environment.getProperty("spring.mail.host"));
        assertEquals(
                sandbox.endpoint() + "?" + sandbox.account() + sandbox.token() + sandbox.imap(),
                environment.resolvePlaceholders("${flaremail.sandbox.endpoint}?${flaremail.sandbox.account}"
                        + "${flaremail.sandbox.token}${flaremail.sandbox.imap}"));
    }

    @Nested
    class ANestedClass {
        @Test
        void hasTheSameSandbox(Sandbox nested, Messages messages) {
            assertSame(sandbox, nested);
            assertEquals(List.of(), messages.list());
        }
    }

    @Test
    void equalTestClassesShareAContextAndItsSandbox() {
        assertSame(sandboxOf(context(First.class)), sandboxOf(context(SameAsFirst.class)));
        assertNotSame(sandboxOf(context(First.class)), sandboxOf(context(OtherDomain.class)));
        assertEquals(
                List.of("shop.example", "blog.example"),
                sandboxOf(context(OtherDomain.class)).domains());
    }

    @Test
    void anySenderIsAccepted() {
        ApplicationContext context = context(AnySender.class).getApplicationContext();
        send(context.getBean(JavaMailSender.class), "ada@anywhere.example");
        assertEquals(1, context.getBean(Messages.class).list().size());
    }

    @Test
    void theSandboxIsClosedWithItsContext() {
        TestContext context = context(First.class);
        int port = sandboxOf(context).endpoint().getPort();
        context.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
        assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    @Test
    void aContextThatFailsClosesItsSandbox() {
        assertThrows(IllegalStateException.class, () -> context(Broken.class).getApplicationContext());
        assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), Failing.port).close());
    }

    @Test
    void aHierarchyOfContextsHasOne() {
        ApplicationContext child = context(Child.class).getApplicationContext();
        assertSame(child.getParent().getBean(Sandbox.class), child.getBean(Sandbox.class));
        send(child.getBean(JavaMailSender.class), "ada@example.com");
        assertEquals(1, child.getBean(Messages.class).list().size());
    }

    @Test
    void withoutTheAnnotationThereIsNone() {
        ApplicationContext context = context(WithoutAnnotation.class).getApplicationContext();
        assertEquals(0, context.getBeansOfType(Sandbox.class).size());
    }

    private static void send(JavaMailSender sender, String from) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo("grace@example.org");
        message.setSubject("Welcome");
        message.setText("Hello");
        sender.send(message);
    }

    private static TestContext context(Class<?> testClass) {
        return new TestContextManager(testClass).getTestContext();
    }

    private static Sandbox sandboxOf(TestContext context) {
        return context.getApplicationContext().getBean(Sandbox.class);
    }

    @ContextConfiguration(classes = Application.class)
    @FlaremailSandbox(domains = "first.example")
    static class First {}

    @ContextConfiguration(classes = Application.class)
    @FlaremailSandbox(domains = "first.example")
    static class SameAsFirst {}

    @ContextConfiguration(classes = Application.class)
    @FlaremailSandbox(domains = {"shop.example", "blog.example"})
    static class OtherDomain {}

    @ContextConfiguration(classes = Application.class)
    @FlaremailSandbox(anySender = true)
    static class AnySender {}

    static class Failing {
        private static int port;

        Failing(Sandbox sandbox) {
            port = sandbox.endpoint().getPort();
            throw new IllegalStateException("as intended");
        }
    }

    @ContextConfiguration(classes = Failing.class)
    @FlaremailSandbox
    static class Broken {}

    static class Nothing {}

    @ContextHierarchy({
        @ContextConfiguration(classes = Nothing.class),
        @ContextConfiguration(classes = Application.class)
    })
    @FlaremailSandbox
    static class Child {}

    @ContextConfiguration(classes = Nothing.class)
    static class WithoutAnnotation {}
}
