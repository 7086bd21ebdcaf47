package io.flaremail.samples;

import io.flaremail.CloudflareSendFailedException;
import io.flaremail.SendListener;
import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.util.Properties;

/** Temporary refusals by the service are retried; two settings limit the number of retries and the time. */
public final class RetriesAndDeadline {
    private RetriesAndDeadline() {}

    public static void main(String[] args) throws MessagingException {
        try (Sandbox sandbox = Sandbox.start()) {
            Properties properties = SandboxMail.properties(sandbox);
            // tag::retries[]
            properties.put("mail.cloudflare.retries", 4); // so five requests at most
            properties.put("mail.cloudflare.deadline", 20_000); // milliseconds, all of them and the waiting included
            // end::retries[]
            SendListener attempts = report -> System.out.println(
                    "attempts: " + report.getAttempts() + ", the last was HTTP " + report.getStatus());
            properties.put("mail.cloudflare.listener", attempts);

            System.out.println("Throttled once:");
            sandbox.fail(Fault.error(ApiError.THROTTLED).header("Retry-After", "0"));
            Transport.send(SandboxMail.message(properties, "grace@example.org"));

            System.out.println("Told to wait longer than the deadline, so not waited for:");
            sandbox.fail(Fault.error(ApiError.THROTTLED).header("Retry-After", "30"));
            try {
                Transport.send(SandboxMail.message(properties, "grace@example.org"));
            } catch (CloudflareSendFailedException failure) {
                System.out.println("again in " + failure.getRetryAfter().get().toSeconds() + " s");
            }
            System.out.println("messages in Grace's mailbox: "
                    + sandbox.mailbox("grace@example.org").size());
        }
    }
}
