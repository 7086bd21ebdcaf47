package example;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** An application that sets an envelope sender, and looks for SMTP's exceptions. */
public class UsesSmtp {
    public static void main(String[] properties) throws Exception {
        Properties all = new Properties();
        for (String each : properties) {
            all.setProperty(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        SMTPMessage message = new SMTPMessage(Session.getInstance(all));
        message.setEnvelopeFrom("bounces@example.com");
        message.setSendPartial(true);
        expect(chained(all, message, "ada@example.org", "bounce@example.org", "nobody"),
                "bounce@example.org 550", "nobody 553");

        all.setProperty("mail.cloudflare.reportsuccess", "true");
        expect(chained(all, new MimeMessage(Session.getInstance(all)), "ada@example.org"), "ada@example.org 250");

        all.setProperty("mail.cloudflare.token", "another");
        expect(chained(all, new MimeMessage(Session.getInstance(all)), "ada@example.org"), "DATA 535");
    }

    private static List<String> chained(Properties all, MimeMessage message, String... to) throws Exception {
        InternetAddress[] addresses = new InternetAddress[to.length];
        for (int i = 0; i < to.length; i++) {
            addresses[i] = new InternetAddress();
            addresses[i].setAddress(to[i]);
        }
        message.setFrom(new InternetAddress("billing@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("ada@example.org"));
        message.setSubject("Your invoice");
        message.setText("Attached.");
        message.saveChanges();
        Transport transport = Session.getInstance(all).getTransport("cloudflare");
        transport.connect();
        try {
            transport.sendMessage(message, addresses);
            throw new IllegalStateException("sent without an exception");
        } catch (SendFailedException e) {
            return words(e);
        } finally {
            transport.close();
        }
    }

    private static List<String> words(MessagingException failure) {
        List<String> words = new ArrayList<String>();
        Exception next = failure.getNextException();
        while (next instanceof MessagingException) {
            if (next instanceof SMTPAddressFailedException) {
                SMTPAddressFailedException failed = (SMTPAddressFailedException) next;
                words.add(failed.getAddress().getAddress() + " " + failed.getReturnCode());
            } else if (next instanceof SMTPAddressSucceededException) {
                SMTPAddressSucceededException succeeded = (SMTPAddressSucceededException) next;
                words.add(succeeded.getAddress().getAddress() + " " + succeeded.getReturnCode());
            } else if (next instanceof SMTPSendFailedException) {
                SMTPSendFailedException failed = (SMTPSendFailedException) next;
                words.add(failed.getCommand() + " " + failed.getReturnCode());
            }
            next = ((MessagingException) next).getNextException();
        }
        return words;
    }

    private static void expect(List<String> actual, String... expected) {
        if (!actual.equals(Arrays.asList(expected))) {
            throw new IllegalStateException("chained: " + actual);
        }
    }
}
