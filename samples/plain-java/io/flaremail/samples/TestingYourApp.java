package io.flaremail.samples;

import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.SendFailedException;
import java.util.Properties;

/** The sandbox without JUnit's extension: on a free port, with a random account and token. */
public final class TestingYourApp {
    private TestingYourApp() {}

    public static void main(String[] args) throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            Properties properties = sandbox.properties();
            properties.put("mail.cloudflare.retries", 0);
            Greeter greeter = new Greeter(properties);
            sandbox.fail(Fault.error(ApiError.THROTTLED)); // the next request only
            try {
                greeter.greet("grace@example.org");
            } catch (SendFailedException e) {
                System.out.println("not sent while the service throttles");
            }
            greeter.greet("grace@example.org");
            System.out.println("received: "
                    + sandbox.messages().to("grace@example.org").list().get(0).subject());
        }
    }
}
