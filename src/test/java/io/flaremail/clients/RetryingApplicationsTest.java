package io.flaremail.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.samples.spring.InvoiceMail;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.commons.mail2.core.EmailException;
import org.apache.commons.mail2.jakarta.HtmlEmail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.EnableRetry;
import org.springframework.retry.annotation.Retryable;

/** Applications that send again whatever went wrong, three times in all: how many copies arrive. Camel is in RetriesIT. */
class RetryingApplicationsTest {
    private static final int TRIES = 3;
    private static final String BOUNCES = "bounce@example.net";
    private static final String A = "a@example.net";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** Another one for each test: with the grade "content" messages are the same by their content alone. */
    private static String subject;

    @BeforeEach
    void chooseSubject() {
        subject = "Order " + UUID.randomUUID();
    }

    /** How an application makes its tries. */
    enum Application {
        /** One message, sent in a loop. */
        LOOP {
            @Override
            void send(Properties properties, String... to) throws MessagingException {
                MimeMessage message = message(properties, to);
                tries(() -> Transport.send(message));
            }
        },
        /**
         * A job that is run again builds its message again. So do Flowable's and Activiti's mail tasks under their async
         * executor, with Commons Email.
         */
        JOB {
            @Override
            void send(Properties properties, String... to) throws MessagingException {
                tries(() -> email(properties, to).send());
            }
        },
        /** {@code @Retryable} around the sending of a message. */
        SPRING_MIME_MESSAGE {
            @Override
            void send(Properties properties, String... to) {
                inSpring(properties, retrying -> retrying.send(message(properties, to)));
            }
        },
        /** {@code @Retryable} around code that has the sender make its message. */
        SPRING_SIMPLE_MESSAGE {
            @Override
            void send(Properties properties, String... to) {
                inSpring(properties, retrying -> retrying.send(simple(to)));
            }
        };

        abstract void send(Properties properties, String... to) throws MessagingException;
    }

    @ParameterizedTest
    @CsvSource({
        // the tries' copies at the good address after a bounce of the other, and after lost answers
        "LOOP,                  off,     false, 3, 3",
        "LOOP,                  certain, false, 1, 3",
        "LOOP,                  content, false, 1, 3",
        "LOOP,                  off,     true,  3, 3",
        "LOOP,                  certain, true,  1, 1",
        "LOOP,                  content, true,  1, 1",
        "JOB,                   off,     false, 3, 3",
        "JOB,                   certain, false, 3, 3",
        "JOB,                   content, false, 1, 3",
        "JOB,                   off,     true,  3, 3",
        "JOB,                   certain, true,  3, 3",
        "JOB,                   content, true,  1, 1",
        "SPRING_MIME_MESSAGE,   off,     false, 3, 3",
        "SPRING_MIME_MESSAGE,   certain, false, 1, 3",
        "SPRING_MIME_MESSAGE,   content, false, 1, 3",
        "SPRING_MIME_MESSAGE,   certain, true,  1, 1",
        "SPRING_MIME_MESSAGE,   content, true,  1, 1",
        "SPRING_SIMPLE_MESSAGE, off,     false, 3, 3",
        "SPRING_SIMPLE_MESSAGE, certain, false, 3, 3",
        "SPRING_SIMPLE_MESSAGE, content, false, 1, 3",
        "SPRING_SIMPLE_MESSAGE, certain, true,  3, 3",
        "SPRING_SIMPLE_MESSAGE, content, true,  1, 1",
    })
    void copiesAfterThreeTries(
            Application application, String grade, String unknown, int afterBounce, int afterLostAnswer)
            throws Exception {
        Properties properties = Letter.byName(sandbox);
        properties.put("mail.cloudflare.guard", grade);
        properties.put("mail.cloudflare.guard.unknown", unknown);
        application.send(properties, A, BOUNCES);
        assertEquals(afterBounce, copies(A), "copies after a partial bounce");
        assertEquals(TRIES, sandbox.requests().size(), "the bounced address is tried again each time");
        Fault lost = Fault.hangUp().afterAccepting();
        sandbox.fail(lost, lost, lost);
        application.send(properties, "lost@example.net");
        assertEquals(afterLostAnswer, copies("lost@example.net"), "copies after lost answers");
    }

    /** The default is what somebody has who sets nothing. */
    @Test
    void theDefaultIsCertain() throws Exception {
        Application.LOOP.send(Letter.byName(sandbox), A, BOUNCES);
        Application.JOB.send(Letter.byName(sandbox), "b@example.net", BOUNCES);
        assertEquals(1, copies(A));
        assertEquals(3, copies("b@example.net"));
    }

    /** One answer is lost: a retry sends once more, as with SMTP, and then it is known. */
    @Test
    void theRetryAfterOneLostAnswerEndsWell() throws Exception {
        sandbox.fail(Fault.hangUp().afterAccepting());
        Application.LOOP.send(Letter.byName(sandbox), A);
        assertEquals(2, copies(A));
        assertEquals(2, sandbox.requests().size());
    }

    /** The rule of docs/failures.md for Spring Retry repeats only what may be sent again. */
    @ParameterizedTest
    @CsvSource({
        "throttled, a@example.net,                    4, 0",
        "nothing,   'a@example.net, bounce@x.example', 1, 1",
        "lost,      a@example.net,                    1, 1",
    })
    void theSampleRuleForSpring(String fault, String to, int requests, int copies) {
        Fault each = fault.equals("throttled")
                ? Fault.error(429, 10004, "email.sending.error.throttled").header("Retry-After", "0")
                : fault.equals("lost") ? Fault.hangUp().afterAccepting() : Fault.none();
        sandbox.fail(each, each, each, each);
        Properties properties = Letter.byName(sandbox);
        properties.put("mail.cloudflare.retries", "0");
        try (AnnotationConfigApplicationContext context = context(properties)) {
            InvoiceMail mail = context.getBean(InvoiceMail.class);
            assertThrows(MailSendException.class, () -> mail.send(message(properties, to.split(", "))));
        }
        assertEquals(requests, sandbox.requests().size());
        assertEquals(copies, copies(A));
    }

    /** What is not sent for want of a connection is no CloudflareSendFailedException, and may be sent again. */
    @Test
    void theSampleRuleForSpringTriesAgainWhereNothingWasReached() throws Exception {
        Properties properties = Letter.byName(sandbox);
        properties.put("mail.cloudflare.retries", "0");
        Fault before = Fault.resetBeforeBody();
        sandbox.fail(before, before, before);
        try (AnnotationConfigApplicationContext context = context(properties)) {
            MimeMessage message = message(properties, A);
            message.setText("x".repeat(70).concat("\n").repeat(60_000)); // more than socket buffers hold
            message.saveChanges();
            context.getBean(InvoiceMail.class).send(message);
        }
        assertEquals(1, copies(A));
    }

    /** Retries whatever comes, as an application does that was written for SMTP. */
    public static class RetriesAnything {
        private final JavaMailSender sender;

        public RetriesAnything(JavaMailSender sender) {
            this.sender = sender;
        }

        @Retryable(maxAttempts = TRIES, backoff = @Backoff(0))
        public void send(MimeMessage message) {
            sender.send(message);
        }

        @Retryable(maxAttempts = TRIES, backoff = @Backoff(0))
        public void send(SimpleMailMessage message) {
            sender.send(message);
        }
    }

    @Configuration
    @EnableRetry
    static class Retries {}

    private static void inSpring(Properties properties, Consumer<RetriesAnything> sending) {
        try (AnnotationConfigApplicationContext context = context(properties)) {
            RetriesAnything retrying = context.getBean(RetriesAnything.class);
            assertThrows(MailSendException.class, () -> sending.accept(retrying));
        }
    }

    private static AnnotationConfigApplicationContext context(Properties properties) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setJavaMailProperties(properties);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("mail.retry.delay", "1")));
        context.register(Retries.class, RetriesAnything.class, InvoiceMail.class);
        context.registerBean(JavaMailSender.class, () -> sender);
        context.refresh();
        return context;
    }

    private interface Try {
        void make() throws MessagingException, EmailException;
    }

    private static void tries(Try one) {
        for (int i = 0; i < TRIES; i++) {
            try {
                one.make();
                return;
            } catch (MessagingException | EmailException e) {
                // as an application that only counts
            }
        }
    }

    private static MimeMessage message(Properties properties, String... to) {
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(properties));
            message.setFrom(new InternetAddress(Letter.FROM));
            message.setRecipients(Message.RecipientType.TO, String.join(",", to));
            message.setSubject(subject);
            message.setText(Letter.TEXT);
            return message;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SimpleMailMessage simple(String... to) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(Letter.FROM);
        message.setTo(to);
        message.setSubject(subject);
        message.setText(Letter.TEXT);
        return message;
    }

    private static HtmlEmail email(Properties properties, String... to) throws EmailException {
        HtmlEmail email = new HtmlEmail();
        email.setMailSession(Session.getInstance(properties));
        email.setFrom(Letter.FROM);
        email.addTo(to);
        email.setSubject(subject);
        email.setHtmlMsg(Letter.HTML);
        email.setTextMsg(Letter.TEXT);
        return email;
    }

    private static int copies(String address) {
        return sandbox.mailbox(address).size();
    }
}
