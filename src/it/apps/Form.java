import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An application that knows host, port, user and password of an SMTP server, and no property besides. */
public class Form {
    private static final String CLOUDFLARE = "api.cloudflare.com";

    private final Class<?> smtpTransport;
    private final String port;
    private final String user;
    private final String password;

    private Form(String[] args) throws ClassNotFoundException {
        smtpTransport = Class.forName(args[0]);
        port = args[1];
        user = args[2];
        password = args[3];
    }

    public static void main(String[] args) throws Exception {
        Form form = new Form(args);
        form.sends("cloudflare", CLOUDFLARE);
        form.sends("smtp", "127.0.0.1");
        form.casts("cloudflare", CLOUDFLARE);
        form.casts("smtp", "127.0.0.1");
        form.bounces();
        form.testsTheConnection();
    }

    private void sends(String name, String host) throws MessagingException {
        Transport.send(message(session(host), "ada@example.net"));
        System.out.println(name + ": sent");
    }

    private void casts(String name, String host) throws Exception {
        Session session = session(host);
        Transport transport = session.getTransport("smtp");
        smtpTransport.cast(transport);
        Events events = new Events(transport);
        transport.addConnectionListener(events);
        transport.addTransportListener(events);
        if (host.equals(CLOUDFLARE)) {
            transport.connect(host, Integer.parseInt(port), user, password);
        } else {
            transport.connect();
        }
        Message message = message(session, "ada@example.net");
        transport.sendMessage(message, message.getAllRecipients());
        events.delivered.await(10, TimeUnit.SECONDS); // some mail APIs drop events of a transport that is closed at once
        transport.close();
        System.out.println(name + ", cast: " + events.all());
    }

    private void bounces() throws MessagingException {
        try {
            Transport.send(message(session(CLOUDFLARE), "ada@example.net", "bounce@example.net"));
        } catch (SendFailedException e) {
            System.out.println("bounce@example.net: invalid " + Arrays.toString(e.getInvalidAddresses())
                    .replaceAll("[\\[\\]]", ""));
        }
    }

    private void testsTheConnection() throws MessagingException {
        try {
            Properties properties = new Properties();
            properties.setProperty("mail.smtp.host", CLOUDFLARE);
            Session session = Session.getInstance(properties);
            session.getTransport("smtp").connect(user, "0123456789-0123456789-wrong-token-012345");
        } catch (AuthenticationFailedException e) {
            System.out.println("wrong token: " + e.getMessage());
        }
    }

    private Session session(String host) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", host);
        properties.setProperty("mail.smtp.port", port);
        if (!host.equals(CLOUDFLARE)) {
            return Session.getInstance(properties);
        }
        properties.setProperty("mail.smtp.auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password);
            }
        });
    }

    private static MimeMessage message(Session session, String... to) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("billing@example.com"));
        for (String each : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(each));
        }
        message.setSubject("Your invoice");
        message.setText("Attached.");
        message.saveChanges();
        return message;
    }

    /** What a transport told, in order; events of another source count as wrong. */
    private static final class Events implements ConnectionListener, TransportListener {
        private final Transport transport;
        private final List<String> told = new CopyOnWriteArrayList<String>();
        private final CountDownLatch delivered = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        Events(Transport transport) {
            this.transport = transport;
        }

        String all() throws InterruptedException {
            closed.await(10, TimeUnit.SECONDS);
            return told.toString().replaceAll("[\\[\\]]", "");
        }

        private void tell(Object source, String what) {
            told.add(source == transport ? what : what + " by " + source);
        }

        @Override
        public void opened(ConnectionEvent event) {
            tell(event.getSource(), "opened");
        }

        @Override
        public void disconnected(ConnectionEvent event) {
            tell(event.getSource(), "disconnected");
        }

        @Override
        public void closed(ConnectionEvent event) {
            tell(event.getSource(), "closed");
            closed.countDown();
        }

        @Override
        public void messageDelivered(TransportEvent event) {
            tell(event.getSource(), "delivered");
            delivered.countDown();
        }

        @Override
        public void messageNotDelivered(TransportEvent event) {
            tell(event.getSource(), "not delivered");
        }

        @Override
        public void messagePartiallyDelivered(TransportEvent event) {
            tell(event.getSource(), "partially delivered");
        }
    }
}
