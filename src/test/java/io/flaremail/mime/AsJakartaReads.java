package io.flaremail.mime;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** What Jakarta Mail shows of a message, one line each: structure, decoded headers, decoded leaf bodies. */
public final class AsJakartaReads {
    private static final String ADDRESSES =
            "(resent-)?(from|to|cc|bcc|reply-to|sender)|return-path|errors-to|apparently-to"
                    + "|return-receipt-to|disposition-notification-to|delivered-to";
    private static final String STRUCTURED =
            "received|(resent-)?date|mime-version|keywords|list-id|received-spf|authentication-results"
                    + "|message-id|content-id|in-reply-to|references";

    private final List<String> lines = new ArrayList<>();

    private AsJakartaReads() {}

    public static List<String> lines(byte[] message) throws Exception {
        var reader = new AsJakartaReads();
        reader.message(new MimeMessage(null, new ByteArrayInputStream(message)), "");
        return reader.lines;
    }

    private void message(MimeMessage message, String path) throws Exception {
        lines.add(path + " message");
        part(message, path);
    }

    private void part(Part part, String path) throws Exception {
        headers((MimePart) part, path);
        String type = type(part);
        if (type.startsWith("multipart/")) {
            multipart(part, path);
        } else if (type.equals("message/rfc822") || type.equals("message/global")) {
            message(new MimeMessage(null, raw(part)), path + "/");
        } else if (type.matches("message/.*(-status|-notification|-report)")) {
            for (String field :
                    new String(body(part), java.nio.charset.StandardCharsets.ISO_8859_1).split("\r\n(?![ \t])")) {
                lines.add(path + " " + decoded(MimeUtility.unfold(field)));
            }
        } else {
            lines.add(path + " " + type + " " + Base64.getEncoder().encodeToString(body(part)));
        }
    }

    private void multipart(Part part, String path) throws Exception {
        Multipart multipart;
        int count;
        try {
            multipart = (Multipart) part.getContent();
            count = multipart.getCount();
        } catch (MessagingException | IOException | ClassCastException e) {
            lines.add(path + " unreadable multipart");
            return;
        }
        lines.add(path + " " + count + " parts");
        for (int i = 0; i < count; i++) {
            Part child = multipart.getBodyPart(i);
            if (type(part).equals("multipart/digest") && child.getHeader("Content-Type") == null) {
                // RFC 2046 5.1.5 makes it a message, which Jakarta Mail does not know.
                message(new MimeMessage(null, raw(child)), path + "." + (i + 1) + "/");
            } else {
                part(child, path + "." + (i + 1));
            }
        }
    }

    private static String type(Part part) throws MessagingException {
        String label = part.getContentType().replaceFirst("(?s)[;\\s].*", "");
        return label.replaceAll("[\\x80-\\xff]", "?").toLowerCase(java.util.Locale.ROOT);
    }

    private static java.io.InputStream raw(Part part) throws Exception {
        return part instanceof MimeMessage message
                ? message.getRawInputStream()
                : ((jakarta.mail.internet.MimeBodyPart) part).getRawInputStream();
    }

    /** Octets, decoded; as they are if the label is unknown, and what could be decoded if they are damaged. */
    private static byte[] body(Part part) throws Exception {
        java.io.InputStream in;
        try {
            in = part.getInputStream();
        } catch (MessagingException | IOException unknownEncoding) {
            in = raw(part);
        }
        var out = new java.io.ByteArrayOutputStream();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                out.write(octet);
            }
        } catch (IOException damaged) {
            out.write('!');
        }
        return out.toByteArray();
    }

    private void headers(MimePart part, String path) throws Exception {
        for (Header header : Collections.list(part.getAllHeaders())) {
            String name = header.getName().replaceAll("[\\x80-\\xff]", "?");
            if (!name.equalsIgnoreCase("Content-Transfer-Encoding")) {
                lines.add(path + " " + name + ": " + shown(name, header.getValue()));
            }
        }
        lines.add(path + " file name: " + fileName(part));
    }

    static String shown(String name, String value) throws Exception {
        if (name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Disposition")) {
            return value.replaceFirst("(?s)[;\\s].*", "").replaceAll("[\\x80-\\xff]", "?");
        }
        String addresses = name.matches("(?i)" + ADDRESSES) ? addresses(value) : null;
        if (addresses != null) {
            return addresses;
        }
        if (name.matches("(?i)" + ADDRESSES + "|" + STRUCTURED)) {
            // RFC 2047 5 (2) lets an encoded-word touch a parenthesis, which decodeText does not know; quotes are
            // syntax.
            String spaced = MimeUtility.unfold(value).replaceAll("[()\"\\\\<>,]", " $0 ");
            return decoded(spaced).replaceAll("[()\"\\\\<>,\\s]", "");
        }
        return decoded(MimeUtility.unfold(value)).strip();
    }

    private static String decoded(String value) throws Exception {
        // Without a label that is known to Java decodeText throws.
        try {
            return MimeUtility.decodeText(value);
        } catch (java.io.UnsupportedEncodingException e) {
            return value;
        }
    }

    private static String addresses(String value) {
        try {
            var shown = new StringBuilder();
            for (InternetAddress address : InternetAddress.parseHeader(value, false)) {
                shown.append(address.getPersonal())
                        .append(" <")
                        .append(address.getAddress())
                        .append(">, ");
            }
            return shown.toString();
        } catch (MessagingException e) {
            return null;
        }
    }

    private static String fileName(Part part) {
        try {
            return part.getFileName();
        } catch (MessagingException e) {
            return null;
        }
    }
}
