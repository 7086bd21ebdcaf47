package io.flaremail.benchmark;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.Random;

/** The messages that are sent. */
public final class Mails {
    /** The attachment of a large one, raw. */
    public static final int LARGE = 5 << 20;

    private static final String SENTENCE =
            "Dear customer, your invoice for the \"basic\" plan is attached; it is due within 30 days.\n";

    private Mails() {}

    static MimeMessage of(Session session, int recipients, boolean large) throws MessagingException {
        MimeMessage message = large ? attached(session, LARGE, 1) : small(session);
        StringBuilder to = new StringBuilder("somebody0@example.org");
        for (int i = 1; i < recipients; i++) {
            to.append(",somebody").append(i).append("@example.org");
        }
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(to.toString()));
        return message;
    }

    /** About 2 KB: a text and the same in HTML. */
    public static MimeMessage small(Session session) throws MessagingException {
        MimeMessage message = bare(session);
        message.setContent(alternatives(5));
        message.saveChanges();
        return message;
    }

    /** About 100 KB: a longer text, not all ASCII, and an attachment. */
    public static MimeMessage medium(Session session) throws MessagingException {
        return attached(session, 45 * 1024, 170);
    }

    /** About 7 MB on the wire. */
    public static MimeMessage large(Session session) throws MessagingException {
        return attached(session, LARGE, 1);
    }

    private static MimeMessage attached(Session session, int size, int sentences) throws MessagingException {
        MimeMessage message = bare(session);
        MimeBodyPart text = new MimeBodyPart();
        text.setContent(alternatives(sentences));
        MimeBodyPart file = new MimeBodyPart();
        file.setDataHandler(new DataHandler(new FileDataSource(file(size).toFile())));
        file.setFileName("invoice.bin");
        message.setContent(new MimeMultipart(text, file));
        message.saveChanges();
        return message;
    }

    private static MimeMultipart alternatives(int sentences) throws MessagingException {
        String text = (sentences > 5 ? "Zahlbar in 30 Tagen: gr\u00fc\u00dfe!\n" : "") + SENTENCE.repeat(sentences);
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        String paragraphs = text.replace("\n", "</p>\n<p style=\"margin:0\">");
        html.setText("<html><body><p>" + paragraphs + "</p></body></html>\n", "UTF-8", "html");
        return new MimeMultipart("alternative", plain, html);
    }

    private static MimeMessage bare(Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("billing@example.com"));
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse("somebody@example.org"));
        message.setSubject("Your invoice");
        message.setSentDate(new Date(0));
        return message;
    }

    private static synchronized Path file(int size) {
        Path file = Path.of("target", "benchmark", size + ".bin");
        try {
            if (!Files.exists(file)) {
                byte[] bytes = new byte[size];
                new Random(1).nextBytes(bytes);
                Path made = Files.createTempFile(file.getParent(), "attachment", ".bin");
                Files.write(made, bytes);
                Files.move(made, file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
