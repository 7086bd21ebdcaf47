package io.flaremail.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Spring's {@code JavaMailSenderImpl}, configured by hand and as Spring Boot does from {@code spring.mail.*}. */
class SpringTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    static Stream<Named<Supplier<JavaMailSenderImpl>>> senders() {
        return Stream.of(
                Named.of("session properties", () -> sender(Letter.byName(sandbox))),
                Named.of("smtp, by mail.smtp.class", () -> sender(Letter.asSmtp(sandbox))),
                Named.of("as Spring Boot, no port", () -> likeSpringBoot(-1)),
                Named.of("as Spring Boot, port 25", () -> likeSpringBoot(25)),
                Named.of("as Spring Boot, smtp and mail.smtp.class", SpringTest::likeSpringBootForSmtp));
    }

    private static JavaMailSenderImpl sender(Properties properties) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setJavaMailProperties(properties);
        return sender;
    }

    /** {@code spring.mail.host}, without which there is no sender, belongs to nobody. */
    private static JavaMailSenderImpl likeSpringBoot(int port) {
        Properties properties = new Properties();
        properties.setProperty("mail.cloudflare.endpoint", sandbox.endpoint().toString());
        JavaMailSenderImpl sender = sender(properties);
        sender.setProtocol("cloudflare");
        sender.setHost("api.cloudflare.invalid");
        sender.setPort(port);
        sender.setUsername(sandbox.account());
        sender.setPassword(sandbox.token());
        sender.setDefaultEncoding("UTF-8");
        return sender;
    }

    /** What is left in the configuration when only the properties are changed. */
    private static JavaMailSenderImpl likeSpringBootForSmtp() {
        Properties properties = Letter.asSmtp(sandbox);
        properties.setProperty("mail.smtp.auth", "true");
        properties.setProperty("mail.smtp.starttls.enable", "true");
        JavaMailSenderImpl sender = sender(properties);
        sender.setProtocol("smtp");
        sender.setHost("smtp.example.invalid");
        sender.setPort(587);
        sender.setUsername("smtp-user");
        sender.setPassword("smtp-password");
        return sender;
    }

    @ParameterizedTest
    @MethodSource("senders")
    void sends(Supplier<JavaMailSenderImpl> senders) throws Exception {
        JavaMailSenderImpl sender = senders.get();
        sender.send(letter(sender));
        Letter.assertArrived(sandbox);
    }

    @ParameterizedTest
    @MethodSource("senders")
    void testsItsConnection(Supplier<JavaMailSenderImpl> senders) throws Exception {
        senders.get().testConnection();
        assertTrue(sandbox.requests().isEmpty());
    }

    private static MimeMessage letter(JavaMailSenderImpl sender) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, true, "UTF-8");
        helper.setFrom(Letter.FROM);
        helper.setTo(Letter.TO);
        helper.setCc(Letter.CC);
        helper.setBcc(Letter.BCC);
        helper.setSubject(Letter.SUBJECT);
        helper.setText(Letter.TEXT, Letter.HTML);
        helper.addAttachment(Letter.FILE, new ByteArrayResource(Letter.FILE_BYTES), "application/pdf");
        return message;
    }

    @Test
    void aBounceIsAFailedMessageAndTheOthersGoOut() {
        JavaMailSenderImpl sender = sender(Letter.byName(sandbox));
        SimpleMailMessage bad = simple(Letter.BOUNCES);
        MailSendException thrown =
                assertThrows(MailSendException.class, () -> sender.send(simple(Letter.TO), bad, simple(Letter.CC)));
        assertEquals(List.of(bad), List.copyOf(thrown.getFailedMessages().keySet()));
        SendFailedException why = assertInstanceOf(
                SendFailedException.class, thrown.getFailedMessages().get(bad));
        assertSame(why, thrown.getMessageExceptions()[0]);
        assertArrayEquals(new Address[] {address(Letter.BOUNCES)}, why.getInvalidAddresses());
        assertEquals(1, sandbox.mailbox(Letter.TO).size());
        assertEquals(1, sandbox.mailbox(Letter.CC).size());
    }

    @Test
    void whenTheWayToTheApiBreaksTheNextMessageConnectsAgain() {
        JavaMailSenderImpl sender = sender(Letter.byName(sandbox));
        SimpleMailMessage unlucky = simple("first@example.net");
        sandbox.fail(Fault.hangUp());
        MailSendException thrown =
                assertThrows(MailSendException.class, () -> sender.send(unlucky, simple(Letter.TO), simple(Letter.CC)));
        assertEquals(List.of(unlucky), List.copyOf(thrown.getFailedMessages().keySet()));
        assertEquals(
                List.of(List.of(Letter.TO), List.of(Letter.CC)),
                sandbox.accepted().stream().map(Accepted::recipients).toList());
    }

    @Test
    void aMessageToNobodyIsAFailedMessage() {
        JavaMailSenderImpl sender = sender(Letter.byName(sandbox));
        SimpleMailMessage toNobody = simple(Letter.TO);
        toNobody.setTo(new String[0]);
        MailSendException thrown = assertThrows(MailSendException.class, () -> sender.send(toNobody));
        Exception why = thrown.getFailedMessages().get(toNobody);
        assertEquals(
                "No recipient addresses",
                assertInstanceOf(SendFailedException.class, why).getMessage());
    }

    private static SimpleMailMessage simple(String to) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(Letter.FROM);
        message.setTo(to);
        message.setSubject(Letter.SUBJECT);
        message.setText(Letter.TEXT);
        return message;
    }

    private static Address address(String address) {
        InternetAddress unchecked = new InternetAddress();
        unchecked.setAddress(address);
        return unchecked;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVerifiedConnectionNeedsTheRightToken(boolean springBoot) throws Exception {
        JavaMailSenderImpl sender = springBoot ? likeSpringBoot(-1) : sender(Letter.byName(sandbox));
        sender.getJavaMailProperties().setProperty("mail.cloudflare.verify", "true");
        sender.testConnection();
        assertEquals(1, sandbox.requests().size());
        if (springBoot) {
            sender.setPassword("not-the-token");
        } else {
            sender.getJavaMailProperties().setProperty("mail.cloudflare.token", "not-the-token");
        }
        assertThrows(AuthenticationFailedException.class, sender::testConnection);
        assertThrows(MailAuthenticationException.class, () -> sender.send(simple(Letter.TO)));
        assertTrue(sandbox.accepted().isEmpty());
    }

    @Test
    void withoutATokenTheConnectionTestFails() {
        JavaMailSenderImpl sender = likeSpringBoot(-1);
        sender.setPassword(null);
        assertThrows(AuthenticationFailedException.class, sender::testConnection);
    }
}
