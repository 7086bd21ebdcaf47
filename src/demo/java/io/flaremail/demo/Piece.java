package io.flaremail.demo;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One part of a message.
 *
 * @param content decoded; null for a part that only holds others
 */
record Piece(int depth, String type, String description, byte[] content) {
    private static final int DEEPEST = 30;

    static List<Piece> of(MimeMessage message) throws MessagingException, IOException {
        List<Piece> pieces = new ArrayList<>();
        collect(message, 0, pieces);
        return pieces;
    }

    private static void collect(Part part, int depth, List<Piece> pieces) throws MessagingException, IOException {
        Object content = depth < DEEPEST ? container(part) : null;
        pieces.add(piece(part, depth, content != null));
        if (content instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                collect(multipart.getBodyPart(i), depth + 1, pieces);
            }
        } else if (content instanceof MimeMessage inner) {
            collect(inner, depth + 1, pieces);
        }
    }

    private static Piece piece(Part part, int depth, boolean holdsOthers) throws MessagingException {
        try {
            return new Piece(depth, type(part), description(part), holdsOthers ? null : decoded(part));
        } catch (MessagingException undecodable) {
            return new Piece(depth, type(part), "(its encoding is broken)", null);
        }
    }

    /** What holds other parts, and holds together; a broken one is shown as the bytes it is. */
    private static Object container(Part part) {
        try {
            boolean holds = part.isMimeType("multipart/*") || part.isMimeType("message/rfc822");
            Object content = holds ? part.getContent() : null;
            return content instanceof Multipart multipart && multipart.getCount() == 0 ? null : content;
        } catch (MessagingException | IOException broken) {
            return null;
        }
    }

    private static byte[] decoded(Part part) throws MessagingException {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException badEncoding) {
            throw new MessagingException("a part that cannot be decoded", badEncoding);
        }
    }

    private static String type(Part part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (MessagingException malformed) {
            return part.getContentType();
        }
    }

    private static String description(Part part) {
        try {
            String disposition = part.getDisposition();
            String name = part.getFileName();
            return ((disposition == null ? "" : disposition) + " " + (name == null ? "" : name)).strip();
        } catch (MessagingException malformed) {
            return "";
        }
    }
}
