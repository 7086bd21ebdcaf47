package io.flaremail.demo;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.util.Base64;

/** A message as applications compose them: text and HTML, an inline image, an attachment, three kinds of recipients. */
final class ComposedMail {
    static final String TO = "grace@example.org";
    static final String CC = "linus@example.org";
    static final String BCC = "confidant@example.net";
    static final String SUBJECT = "The minutes, with a picture and a file";
    static final String HTML = "<p>Zo\u00eb, here are the minutes. <img src=\"cid:sun\" alt=\"a disc\"></p>";
    static final String TEXT = "Zo\u00eb, here are the minutes.\r\n";

    /** A 24 x 24 PNG: an orange disc. */
    static final byte[] IMAGE = Base64.getDecoder().decode("""
            iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAIAAABvFaqvAAAAU0lEQVR42mP4TyXAgEfuW5M8GiLN\
            IEz9xJjIQIYpWM1iIM8UTLMYyDYFzSwGSkxBNmtwGkSJKXCzRg2is0HDOEFSM9NSsxihZsFGzaKW\
            moU/eQAAkeKgfbZ4rNkAAAAASUVORK5CYII=\
            """);

    /** Every byte there is, many times: what a careless text conversion would not survive. */
    static final byte[] ATTACHMENT = everyByte(8192);

    private ComposedMail() {}

    static MimeMessage in(Session session) throws MessagingException, UnsupportedEncodingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("ada@example.com", "Ada L\u00f8velace", "UTF-8"));
        message.setRecipients(RecipientType.TO, TO);
        message.setRecipients(RecipientType.CC, CC);
        message.setRecipients(RecipientType.BCC, BCC);
        message.setSubject(SUBJECT);
        message.setContent(new MimeMultipart(
                bodyPart(new MimeMultipart("related", bodyPart(textAndHtml()), image())), attachment()));
        message.saveChanges();
        return message;
    }

    private static MimeMultipart textAndHtml() throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(TEXT, "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(HTML, "UTF-8", "html");
        return new MimeMultipart("alternative", text, html);
    }

    private static BodyPart bodyPart(MimeMultipart content) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(content);
        return part;
    }

    private static BodyPart image() throws MessagingException {
        MimeBodyPart image = new MimeBodyPart();
        image.setDataHandler(new DataHandler(new ByteArrayDataSource(IMAGE, "image/png")));
        image.setContentID("<sun>");
        image.setDisposition(Part.INLINE);
        return image;
    }

    private static BodyPart attachment() throws MessagingException {
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(new DataHandler(new ByteArrayDataSource(ATTACHMENT, "application/octet-stream")));
        attachment.setFileName("every-byte.bin");
        return attachment;
    }

    private static byte[] everyByte(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + i / 256);
        }
        return bytes;
    }
}
