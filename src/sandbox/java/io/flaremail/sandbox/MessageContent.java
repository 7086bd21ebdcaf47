package io.flaremail.sandbox;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What mail clients show of a message. A part that cannot be decoded is shown as it is. */
final class MessageContent {
    private static final int DEEPEST = 50;

    private final List<Header> headers;
    private final List<ReceivedAttachment> attachments = new ArrayList<>();
    private String text;
    private String html;

    private MessageContent(List<Header> headers) {
        this.headers = headers;
    }

    static MessageContent of(byte[] mime) {
        try {
            MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(mime));
            MessageContent content = new MessageContent(Collections.list(message.getAllHeaders()));
            content.add(message, 0);
            return content;
        } catch (MessagingException e) {
            throw new IllegalStateException("Cannot parse a message", e); // what is damaged is shown as it is
        }
    }

    List<Header> headers() {
        return headers;
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .findFirst()
                .map(header -> decoded(header.getValue()));
    }

    String text() {
        return text == null ? "" : text;
    }

    String html() {
        return html == null ? "" : html;
    }

    /** The part with this Content-ID. */
    Optional<ReceivedAttachment> inline(String contentId) {
        return attachments.stream()
                .filter(attachment -> !attachment.contentId().isEmpty()
                        && attachment.contentId().equals(contentId))
                .findFirst();
    }

    List<ReceivedAttachment> attachments() {
        return List.copyOf(attachments);
    }

    private void add(Part part, int depth) throws MessagingException {
        ContentType type = type(part);
        boolean attached = Part.ATTACHMENT.equalsIgnoreCase(disposition(part));
        if (type.match("multipart/*") && depth < DEEPEST && addParts(part, depth)) {
            return;
        }
        if (type.match("text/plain") && !attached && text == null) {
            text = text(part, type);
        } else if (type.match("text/html") && !attached && html == null) {
            html = text(part, type);
        } else {
            attachments.add(attachment(part, type.getBaseType().toLowerCase(Locale.ROOT)));
        }
    }

    private static ReceivedAttachment attachment(Part part, String type) throws MessagingException {
        String contentId = contentId(part);
        String disposition = disposition(part);
        boolean inline = disposition == null ? !contentId.isEmpty() : Part.INLINE.equalsIgnoreCase(disposition);
        return new ReceivedAttachment(fileName(part), type, contentId, inline, bytes(part));
    }

    /** Returns false if the part is not a usable multipart. */
    private boolean addParts(Part part, int depth) throws MessagingException {
        List<Part> parts = new ArrayList<>();
        try {
            Multipart multipart = (Multipart) part.getContent();
            for (int i = 0; i < multipart.getCount(); i++) {
                parts.add(multipart.getBodyPart(i));
            }
        } catch (IOException | MessagingException | ClassCastException e) {
            return false;
        }
        for (Part each : parts) {
            add(each, depth + 1);
        }
        return true;
    }

    private static ContentType type(Part part) throws MessagingException {
        try {
            return new ContentType(part.getContentType());
        } catch (ParseException e) {
            return new ContentType("text", "plain", null);
        }
    }

    private static String disposition(Part part) {
        try {
            return part.getDisposition();
        } catch (MessagingException e) {
            return null;
        }
    }

    private static String fileName(Part part) {
        try {
            return Optional.ofNullable(part.getFileName())
                    .map(MessageContent::decoded)
                    .orElse("");
        } catch (MessagingException e) {
            return "";
        }
    }

    private static String contentId(Part part) throws MessagingException {
        return part instanceof MimePart mime && mime.getContentID() != null
                ? AcceptedFacts.bare(mime.getContentID().trim())
                : "";
    }

    private static String text(Part part, ContentType type) throws MessagingException {
        return new String(bytes(part), charset(type.getParameter("charset")));
    }

    private static Charset charset(String name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    private static byte[] bytes(Part part) throws MessagingException {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0]; // a damaged transfer encoding
        }
    }

    /** Encoded-words, and UTF-8 octets as RFC 6532 allows them. */
    static String decoded(String value) {
        String unfolded = MimeUtility.unfold(value);
        try {
            return MimeUtility.decodeText(utf8(unfolded));
        } catch (UnsupportedEncodingException e) {
            return unfolded;
        }
    }

    /** The text whose octets are these characters, or the characters themselves if they are no octets of UTF-8. */
    private static String utf8(String characters) {
        try {
            ByteBuffer octets = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(characters));
            return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException e) {
            return characters;
        }
    }
}
