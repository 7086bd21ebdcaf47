package io.flaremail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Messages;
import io.flaremail.sandbox.ReceivedMessage;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** An application's own test: the sandbox replaces Cloudflare, on a free port. */
public final class TestingYourApp {

    // tag::testing[]
    @Test
    void greetsNewUsers() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) { // the sending domain example.com, a random account and token
            new Greeter(SandboxMail.properties(sandbox)).greet("grace@example.org");

            Messages toGrace = sandbox.messages().to("grace@example.org");
            ReceivedMessage greeting =
                    toGrace.await(Duration.ofSeconds(5)); // if the application sends on another thread
            assertEquals("A sample", greeting.subject());
            assertEquals(1, toGrace.list().size());
        }
    }

    @Test
    void saysSoWhenTheServiceThrottles() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.fail(Fault.error(ApiError.THROTTLED)); // the next request only
            Properties properties = SandboxMail.properties(sandbox);
            properties.put("mail.cloudflare.retries", 0); // or a second try would succeed
            Greeter greeter = new Greeter(properties);

            assertThrows(SendFailedException.class, () -> greeter.greet("grace@example.org"));
            assertEquals(List.of(), sandbox.messages().list());
        }
    }
    // end::testing[]

    public static void main(String[] args) throws Exception {
        TestingYourApp test = new TestingYourApp();
        test.greetsNewUsers();
        test.saysSoWhenTheServiceThrottles();
        System.out.println("both tests pass");
    }

    /** The application under test. */
    private static final class Greeter {
        private final Properties properties;

        Greeter(Properties properties) {
            this.properties = properties;
        }

        void greet(String user) throws MessagingException {
            Transport.send(SandboxMail.message(properties, user));
        }
    }
}
