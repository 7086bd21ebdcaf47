package io.flaremail.sandbox;

import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Makes the MIME message out of a structured one. Bcc is envelope-only. */
final class Composer {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private Composer() {}

    static RawMessage compose(StructuredMail mail, Instant now) {
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
            head(message, mail, now);
            message.setDataHandler(body(mail).getDataHandler());
            message.saveChanges();
            message.removeHeader("Message-ID"); // the service gives its own
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return new RawMessage(out.toByteArray());
        } catch (MessagingException | IOException e) {
            throw new Refusal(ApiError.INVALID_EMAIL, "cannot be composed: " + e.getMessage());
        }
    }

    private static void head(MimeMessage message, StructuredMail mail, Instant now)
            throws MessagingException, UnsupportedEncodingException {
        message.setFrom(address(mail.from()));
        message.setRecipients(RecipientType.TO, addresses(mail.to()));
        message.setRecipients(RecipientType.CC, addresses(mail.cc()));
        if (mail.replyTo() != null) {
            message.setReplyTo(addresses(List.of(mail.replyTo())));
        }
        message.setSubject(mail.subject(), UTF_8);
        message.setSentDate(Date.from(now));
        for (Map.Entry<String, String> field : mail.headers().entrySet()) {
            String value = MimeUtility.encodeText(field.getValue(), UTF_8, null);
            message.setHeader(field.getKey(), MimeUtility.fold(field.getKey().length() + 2, value));
        }
    }

    private static InternetAddress[] addresses(List<StructuredMail.Party> parties) throws UnsupportedEncodingException {
        InternetAddress[] addresses = new InternetAddress[parties.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(parties.get(i));
        }
        return addresses;
    }

    private static InternetAddress address(StructuredMail.Party party) throws UnsupportedEncodingException {
        return new InternetAddress(party.address(), party.name(), UTF_8);
    }

    private static MimeBodyPart body(StructuredMail mail) throws MessagingException {
        MimeBodyPart body = new MimeBodyPart();
        if (StructuredMail.isEmpty(mail.html())) {
            body.setText(mail.text(), UTF_8);
        } else if (StructuredMail.isEmpty(mail.text())) {
            body.setText(mail.html(), UTF_8, "html");
        } else {
            MimeBodyPart text = new MimeBodyPart();
            text.setText(mail.text(), UTF_8);
            MimeBodyPart html = new MimeBodyPart();
            html.setText(mail.html(), UTF_8, "html");
            body.setContent(new MimeMultipart("alternative", text, html));
        }
        body = around("related", body, mail, true);
        return around("mixed", body, mail, false);
    }

    private static MimeBodyPart around(String subtype, MimeBodyPart body, StructuredMail mail, boolean inline)
            throws MessagingException {
        MimeMultipart parts = new MimeMultipart(subtype, body);
        for (Attachment attachment : mail.attachments()) {
            if (attachment.isInline() == inline) {
                parts.addBodyPart(part(attachment));
            }
        }
        if (parts.getCount() == 1) {
            return body;
        }
        MimeBodyPart whole = new MimeBodyPart();
        whole.setContent(parts);
        return whole;
    }

    private static MimeBodyPart part(Attachment attachment) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(attachment.content(), attachment.type())));
        part.setDisposition(attachment.isInline() ? Part.INLINE : Part.ATTACHMENT);
        part.setFileName(attachment.filename());
        if (attachment.isInline()) {
            part.setContentID("<" + attachment.contentId() + ">");
        }
        return part;
    }
}
