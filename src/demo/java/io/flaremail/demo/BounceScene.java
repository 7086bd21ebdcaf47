package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.List;

/** One of three recipients does not exist: what Jakarta Mail's own exception says, and whether it is true. */
final class BounceScene extends Scene {
    private static final List<String> GOOD = List.of("alan@example.org", "barbara@example.net");
    private static final String BAD = "bounce@example.net";

    BounceScene(Sandbox sandbox, Page page) {
        super(sandbox, page);
    }

    void play() throws MessagingException, IOException {
        page.heading("2  Transport.send(message) when one of three recipients bounces");
        try {
            Transport.send(message());
            page.check("A SendFailedException tells of the bounce.", false, "nothing was thrown");
        } catch (SendFailedException failure) {
            look(failure);
        }
    }

    private MimeMessage message() throws MessagingException {
        MimeMessage message = new MimeMessage(Mail.session(Mail.properties(sandbox)));
        message.setFrom("ada@example.com");
        message.setRecipients(RecipientType.TO, GOOD.get(0) + ", " + BAD + ", " + GOOD.get(1));
        message.setSubject("To three, of whom one does not exist");
        message.setText("Hello");
        return message;
    }

    private void look(SendFailedException failure) throws MessagingException, IOException {
        page.paragraph("catch (SendFailedException e)");
        page.paragraph(failure.getMessage());
        page.gap();
        showArray("getValidSentAddresses()", failure.getValidSentAddresses());
        showArray("getValidUnsentAddresses()", failure.getValidUnsentAddresses());
        showArray("getInvalidAddresses()", failure.getInvalidAddresses());
        page.gap();
        int good = 0;
        for (String address : GOOD) {
            good += showMailbox("To", address).size();
        }
        int bad = showMailbox("To", BAD).size();
        page.gap();
        checkArrays(failure);
        page.check("Those two have it once each, the third does not.", good == 2 && bad == 0, "see above");
    }

    private void checkArrays(SendFailedException failure) {
        List<String> sent = bare(failure.getValidSentAddresses());
        page.check("Sent: the two that exist.", sent.equals(GOOD), "expected " + GOOD);
        List<String> unsent = bare(failure.getValidUnsentAddresses());
        page.check("Valid and unsent: nobody.", unsent.isEmpty(), "expected nobody");
        List<String> invalid = bare(failure.getInvalidAddresses());
        page.check("Invalid: the one that bounced.", invalid.equals(List.of(BAD)), "expected " + BAD);
    }
}
