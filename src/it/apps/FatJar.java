import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** An application in one jar, whose mail session defaults to the system properties, as that of Commons Email. */
public class FatJar {
    public static void main(final String[] args) throws Exception {
        Properties properties = new Properties(System.getProperties());
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", args[0]);
        Session session = Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(args[1], args[2]);
            }
        });
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("billing@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("ada@example.net"));
        message.setSubject("Your invoice");
        message.setText("Attached.");
        Transport.send(message);
        System.out.println("sent");
    }
}
