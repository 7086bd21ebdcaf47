package io.flaremail.samples.outbox;

import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * Hands in four messages and shows where each one ends up. The argument is a broker's URL, such as
 * {@code tcp://localhost:61616}; without it the demo runs its own broker in a new folder. The service is a sandbox that
 * throttles once and hangs up once.
 */
public final class OutboxDemo {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1), 5);

    private OutboxDemo() {}

    public static void main(String[] args) throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Broker broker = args.length > 0 ? Broker.at(args[0]) : Broker.embedded(folder());
                Outbox outbox = new Outbox(broker);
                Courier courier = new Courier(broker, "demo", properties(sandbox), QUICK)) {
            outbox.handIn(message("grace@example.org", "throttled, then accepted"));
            outbox.handIn(message("ada@example.org", "no answer"));
            outbox.handIn(message("bounce@example.org", "bounces"));
            outbox.handIn(message("alan@example.org", "accepted"));
            sandbox.fail(Fault.error(ApiError.THROTTLED).header("Retry-After", "1"), Fault.hangUp());
            boolean more = true;
            while (more) {
                more = courier.deliverNext(LONG_ENOUGH);
            }
            for (String each : List.of("grace", "ada", "bounce", "alan")) {
                String address = each + "@example.org";
                System.out.println(
                        address + " has got " + sandbox.mailbox(address).size());
            }
            show(outbox, Outbox.WAITING);
            show(outbox, Outbox.REFUSED);
            show(outbox, Outbox.UNKNOWN);
        }
    }

    private static Path folder() throws Exception {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "outbox");
    }

    private static Properties properties(Sandbox sandbox) {
        Properties properties = new Properties();
        properties.put("mail.cloudflare.account", sandbox.account());
        properties.put("mail.cloudflare.token", sandbox.token());
        properties.put("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        return properties;
    }

    private static MimeMessage message(String recipient, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("orders@example.com");
        message.setRecipients(Message.RecipientType.TO, recipient);
        message.setSubject(subject);
        message.setText("Hello");
        return message;
    }

    private static void show(Outbox outbox, String queue) throws Exception {
        System.out.println(queue + ":");
        for (Letter letter : outbox.letters(queue)) {
            System.out.println("  " + letter.to() + " after " + letter.attempts() + ": " + letter.reason());
        }
    }
}
