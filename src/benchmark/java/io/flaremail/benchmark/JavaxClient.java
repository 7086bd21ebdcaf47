package io.flaremail.benchmark;

import java.util.Date;
import java.util.Properties;
import javax.mail.Message;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;

/** Sends with the transport of the AWS SDK for Java 1, by the static {@code Transport.send}. Small messages only. */
final class JavaxClient implements Load.Client {
    private static final String SENTENCE =
            "Dear customer, your invoice for the \"basic\" plan is attached; it is due within 30 days.\n";

    private JavaxClient() {}

    public static void main(String[] args) throws Exception {
        Load.obey(new JavaxClient());
    }

    @Override
    public Load.Post post(int port, int thread, int recipients, boolean large) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "aws");
        properties.put("mail.transport.protocol.rfc822", "aws");
        properties.put("mail.aws.class", "com.amazonaws.services.simpleemail.AWSJavaMailTransport");
        properties.put("mail.aws.user", "user");
        properties.put("mail.aws.password", "password");
        properties.put("mail.aws.host", "https://localhost:" + port);
        MimeMessage message = message(Session.getInstance(properties), recipients);
        return () -> Transport.send(message);
    }

    private static MimeMessage message(Session session, int recipients) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("billing@example.com"));
        for (int i = 0; i < recipients; i++) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress("somebody" + i + "@example.org"));
        }
        message.setSubject("Your invoice");
        message.setSentDate(new Date(0));
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(SENTENCE.repeat(5), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        String paragraphs = SENTENCE.repeat(5).replace("\n", "</p>\n<p style=\"margin:0\">");
        html.setText("<html><body><p>" + paragraphs + "</p></body></html>\n", "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        message.saveChanges();
        return message;
    }
}
