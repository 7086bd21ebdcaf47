package io.flaremail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Messages;
import io.flaremail.sandbox.ReceivedMessage;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.SendFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application's own test with JUnit 5 or 6: the sandbox replaces Cloudflare. */
// tag::testing[]
class WelcomeMailTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension(); // the sending domain is example.com

    @Test
    void greetsNewUsers(Messages messages) throws Exception {
        new Greeter(sandbox.properties()).greet("grace@example.org");

        ReceivedMessage greeting = messages.to("grace@example.org")
                .await(Duration.ofSeconds(5)); // if the application sends on another thread
        assertEquals("A sample", greeting.subject());
    }

    @Test
    void failsWhenTheServiceThrottles(Messages messages) {
        sandbox.fail(Fault.error(ApiError.THROTTLED)); // the next request only
        Properties properties = sandbox.properties();
        properties.put("mail.cloudflare.retries", 0); // or a second try would succeed

        assertThrows(SendFailedException.class, () -> new Greeter(properties).greet("grace@example.org"));
        assertEquals(List.of(), messages.list());
    }
}
// end::testing[]
