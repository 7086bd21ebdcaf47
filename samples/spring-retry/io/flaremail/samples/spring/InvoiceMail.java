package io.flaremail.samples.spring;

import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;

/**
 * Retries mail with Spring Retry if a retry is safe and may succeed. Spring keeps the transport's exceptions apart from
 * the chain of causes, so a rule that names exception classes does not match them. Any exception other than
 * CloudflareSendFailedException means that the message was not sent.
 */
public class InvoiceMail {
    private final JavaMailSender sender;

    public InvoiceMail(JavaMailSender sender) {
        this.sender = sender;
    }

    // tag::retryable[]
    @Retryable(
            retryFor = MailSendException.class,
            exceptionExpression = "!(messageExceptions[0] instanceof T(io.flaremail.CloudflareSendFailedException))"
                    + " || messageExceptions[0].retryable",
            maxAttempts = 4,
            backoff = @Backoff(delayExpression = "${mail.retry.delay:60000}", multiplier = 2))
    public void send(MimeMessage message) {
        sender.send(message);
    }
    // end::retryable[]
}
