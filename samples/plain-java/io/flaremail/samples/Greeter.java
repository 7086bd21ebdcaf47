package io.flaremail.samples;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.util.Properties;

/** The application under test in {@link WelcomeMailTest} and {@link TestingYourApp}. */
final class Greeter {
    private final Properties properties;

    Greeter(Properties properties) {
        this.properties = properties;
    }

    void greet(String user) throws MessagingException {
        Transport.send(SandboxMail.message(properties, user));
    }
}
