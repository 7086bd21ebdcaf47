import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Arrays;
import java.util.Properties;

/** An application that sends in every way that the mail API has. */
public class EveryWay {
    private static String[] args;

    public static void main(String[] args) throws Exception {
        EveryWay.args = args;
        Transport.send(message(session("mail.transport.protocol.rfc822", "cloudflare"), "static@example.net"));

        Session byDefault = session("mail.transport.protocol", "cloudflare");
        send(byDefault, byDefault.getTransport(), null, "default@example.net");

        Session alias = session("mail.smtp.class", "io.flaremail.CloudflareTransport");
        send(alias, alias.getTransport("smtp"), "mail.example.com", "alias@example.net");
        Transport.send(message(alias, "alias-static@example.net"));

        Session form = session("mail.smtp.host", "api.cloudflare.com");
        send(form, form.getTransport("smtp"), "api.cloudflare.com", "form@example.net");

        try {
            Transport.send(message(alias, "bounce@example.net"));
        } catch (SendFailedException e) {
            System.out.println("invalid " + Arrays.toString(e.getInvalidAddresses()));
        }
    }

    private static Session session(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty("mail.cloudflare.endpoint", args[0]);
        properties.setProperty("mail.cloudflare.account", args[1]);
        properties.setProperty("mail.cloudflare.token", args[2]);
        properties.setProperty(key, value);
        return Session.getInstance(properties);
    }

    private static void send(Session session, Transport transport, String host, String to) throws MessagingException {
        if (host == null) {
            transport.connect();
        } else {
            transport.connect(host, 587, "user", args[2]);
        }
        Message message = message(session, to);
        transport.sendMessage(message, message.getAllRecipients());
        transport.close();
    }

    private static MimeMessage message(Session session, String to) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText("Gr\u00fc\u00dfe", "ISO-8859-1");
        MimeBodyPart file = new MimeBodyPart();
        file.setText("17;no room\n");
        file.setFileName("invoice.csv");
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("billing@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject("Your invoice");
        MimeMultipart parts = new MimeMultipart();
        parts.addBodyPart(text);
        parts.addBodyPart(file);
        message.setContent(parts);
        message.saveChanges();
        return message;
    }
}
