package com.example;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * A typical Spring Boot application: it sends with the sender that Boot creates, and depends on no mail provider. For
 * Spring Boot 2, replace {@code jakarta} with {@code javax}.
 */
@SpringBootApplication
public class Shop implements CommandLineRunner {
    private final JavaMailSenderImpl sender;

    public Shop(JavaMailSenderImpl sender) {
        this.sender = sender;
    }

    public static void main(String[] args) {
        SpringApplication.run(Shop.class, args);
    }

    /**
     * Arguments such as {@code sender:grace@example.org} select the way to send and the recipient; each prints one
     * line.
     */
    @Override
    public void run(String... args) {
        for (String arg : args) {
            if (!arg.startsWith("--")) {
                String[] howAndTo = arg.split(":");
                System.out.println(arg + " " + send(howAndTo[0], howAndTo[1]));
            }
        }
    }

    private String send(String how, String to) {
        try {
            if (how.equals("test")) {
                sender.testConnection();
                return "connected";
            }
            send(how, message(to));
            return "sent";
        } catch (MailSendException failed) {
            return described(failed.getMessageExceptions()[0]);
        } catch (MessagingException | RuntimeException failed) {
            return described(failed);
        }
    }

    private void send(String how, MimeMessage message) throws MessagingException {
        if (how.equals("sender")) {
            sender.send(message);
        } else if (how.equals("static")) {
            Transport.send(message);
        } else {
            Transport transport = sender.getSession().getTransport(how);
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
            transport.close();
        }
    }

    private MimeMessage message(String to) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        message.setFrom(new InternetAddress("shop@example.com"));
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(to));
        message.setSubject("Your order");
        message.setText("It is on its way.");
        message.saveChanges();
        return message;
    }

    private static String described(Exception failure) {
        if (failure instanceof SendFailedException) {
            SendFailedException failed = (SendFailedException) failure;
            return "failed, sent " + Arrays.toString(failed.getValidSentAddresses()) + ", invalid "
                    + Arrays.toString(failed.getInvalidAddresses());
        }
        return "error " + failure;
    }
}
