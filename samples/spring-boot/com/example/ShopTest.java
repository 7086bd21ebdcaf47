package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Messages;
import io.flaremail.sandbox.ReceivedMessage;
import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.spring.FlaremailSandbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;

/** The shop's own test, with Spring Boot 3 or 4. */
// tag::testing[]
@SpringBootTest
@FlaremailSandbox
class ShopTest {
    @Autowired
    private Shop shop;

    @Test
    void confirmsAnOrder(Messages messages) throws Exception {
        shop.run("sender:grace@example.org");

        ReceivedMessage mail = messages.to("grace@example.org").await(Duration.ofSeconds(5));
        assertEquals("Your order", mail.subject());
    }

    @Test
    void mailIsRefused(Sandbox sandbox, @Autowired JavaMailSender sender) {
        sandbox.fail(Fault.error(ApiError.SENDING_DISABLED)); // the next request only
        SimpleMailMessage mail = new SimpleMailMessage();
        mail.setFrom("shop@example.com");
        mail.setTo("grace@example.org");
        mail.setText("It is on its way.");

        assertThrows(MailSendException.class, () -> sender.send(mail));
    }
}
// end::testing[]
