package io.flaremail.samples;

import io.flaremail.CloudflareSendFailedException;
import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;

/** The information in an exception, and how to decide on the next step. */
public final class WhenSendingFails {
    /** The next step. */
    enum Next {
        NOTHING,
        TRY_AGAIN_LATER,
        CORRECT_SOMETHING,
        ASK_A_PERSON
    }

    private WhenSendingFails() {}

    public static void main(String[] args) throws MessagingException {
        try (Sandbox sandbox = Sandbox.start()) {
            Properties properties = SandboxMail.properties(sandbox);

            System.out.println("One of two recipients bounces:");
            say(send(SandboxMail.message(properties, "grace@example.org, bounce@example.org")));

            System.out.println("The service asks to wait longer than a send would:");
            sandbox.fail(Fault.error(ApiError.THROTTLED).header("Retry-After", "90"));
            say(send(SandboxMail.message(properties, "grace@example.org")));

            System.out.println("The connection is cut after the message went out:");
            sandbox.fail(Fault.hangUp());
            say(send(SandboxMail.message(properties, "grace@example.org")));
        }
    }

    // tag::failure[]
    static Next send(Message message) {
        try {
            Transport.send(message);
            return Next.NOTHING;
        } catch (CloudflareSendFailedException failure) {
            System.out.println("  " + failure.getMessage());
            System.out.println("  sent:    " + Arrays.toString(failure.getValidSentAddresses()));
            System.out.println("  unsent:  " + Arrays.toString(failure.getValidUnsentAddresses()));
            System.out.println("  invalid: " + Arrays.toString(failure.getInvalidAddresses()));
            if (failure.isAcceptanceUnknown()) {
                return Next.ASK_A_PERSON; // it may have been sent: sending again may send it twice
            }
            if (failure.isRetryable()) { // to the unsent ones only; the others have it
                Duration wait = failure.getRetryAfter().orElse(Duration.ofMinutes(1));
                System.out.println("  again in " + wait.toSeconds() + " s");
                return Next.TRY_AGAIN_LATER;
            }
            return Next.CORRECT_SOMETHING;
        } catch (MessagingException failure) { // nothing was sent: a later try is safe, whether or not it helps
            System.out.println("  " + failure.getMessage());
            return Next.TRY_AGAIN_LATER;
        }
    }
    // end::failure[]

    private static void say(Next next) {
        System.out.println("  -> " + next + System.lineSeparator());
    }
}
