package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Jakarta Mail reads in a message, in lines: structure, decoded headers, decoded leaf bodies. Raw octets have no
 * charset, so they are compared as octets: labels other than UTF-8 are read as ISO-8859-1, before and after the
 * rewrite. FieldRewriterTest tests that the label is right, and {@link Rewrites} that each encoded-word is valid in it.
 */
public final class AsJakartaReads {
    private static final String ADDRESSES =
            "(resent-)?(from|to|cc|bcc|reply-to|sender)|return-path|errors-to|apparently-to"
                    + "|return-receipt-to|disposition-notification-to|delivered-to";
    private static final String STRUCTURED =
            "received|(resent-)?date|mime-version|keywords|list-id|received-spf|authentication-results"
                    + "|message-id|content-id|in-reply-to|references";

    private static final String OTHER_LABEL = "(?!utf-8|us-ascii|iso-8859-1\\b)[a-z0-9_-]+";
    /** An encoded-word that only Jakarta Mail decodes. It also displays the white space after it. */
    private static final Pattern TOUCHING_WORD = Pattern.compile("\\?=\\S");
    /** Text that becomes an encoded-word, which needs white space around it. */
    private static final Pattern TOUCHING_ANGLE = Pattern.compile(">[^\\x00-\\x7f]|[^\\x00-\\x7f]<");

    private static final String DAMAGED = "damaged content";
    private static final String UNREADABLE = " unreadable multipart";

    private final List<String> lines = new ArrayList<>();
    private final List<String> withBlankLines = new ArrayList<>();

    private AsJakartaReads() {}

    /** Fails unless a message reads the same after the rewrite. */
    public static void assertAlike(byte[] original, byte[] rewritten, String about) throws Exception {
        List<String> before = lines(original);
        List<String> after = lines(rewritten);
        skipUnreadable(before, after); // first, so that the other lines match by position
        compare(before, after, about);
    }

    /**
     * As {@link #assertAlike}, for messages that were damaged on purpose. It ignores lines that readers display in
     * different ways, but compares the number of fields, parts and leaves.
     */
    static void assertAlikeWhereClear(byte[] original, byte[] rewritten, String about) throws Exception {
        List<String> before = lines(original);
        List<String> after = lines(rewritten);
        skipUnreadable(before, after);
        boolean words = TOUCHING_WORD.matcher(Rewrites.text(original, 0)).find();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            boolean isUndecoded = words && after.get(i).contains("=?");
            boolean isSpaced = (words || TOUCHING_ANGLE.matcher(before.get(i)).find())
                    && spaceless(before.get(i)).equals(spaceless(after.get(i)));
            if (isDamaged(before.get(i)) || isDamagedContent(before.get(i)) || isUndecoded || isSpaced) {
                after.set(i, before.get(i));
            }
            if (before.get(i).matches("(?s).*file name: .*\ufffd.*")) {
                before.set(i, withOneMark(before.get(i)));
                after.set(i, withOneMark(after.get(i)));
            }
        }
        compare(before, after, about);
    }

    private static void compare(List<String> before, List<String> after, String about) {
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            // A file name with 8-bit octets and no quotes is unreadable before, and readable after.
            if (before.get(i).endsWith("file name: null")) {
                after.set(i, before.get(i));
            }
            // Raw octets in one that is divided are unreadable in the same way. RFC 2231 3.
            if (before.get(i).matches("(?s).*file name: .*\ufffd.*")) {
                after.set(i, after.get(i).replaceAll("[^\\x00-\\x7f]", "\ufffd"));
            }
        }
        assertIterableEquals(before, after, about);
    }

    /** The number of replacement characters for invalid UTF-8 depends on where the octets are divided. */
    private static String withOneMark(String line) {
        return line.replaceAll("[^\\x00-\\x7f]+", "\ufffd");
    }

    /** Content with a damaged end, to which Jakarta Mail adds an octet. It is readable after the rewrite. */
    private static boolean isDamagedContent(String line) {
        String content = line.substring(line.lastIndexOf(' ') + 1);
        if (line.contains(DAMAGED)
                || !content.matches("([A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2}(==|[A-Za-z0-9+/][A-Za-z0-9+/=])")) {
            return line.contains(DAMAGED);
        }
        byte[] octets = Base64.getDecoder().decode(content);
        return octets[octets.length - 1] == -1;
    }

    private static String spaceless(String line) {
        return line.replaceAll("\\s", "");
    }

    /**
     * Whether readers disagree about the line: raw octets next to an encoded-word or to unpaired quotes, or in an
     * invalid address or group.
     */
    private static boolean isDamaged(String line) {
        boolean quotes = line.chars().filter(c -> c == '"').count() % 2 == 1 || line.matches("(?s).*\"[^\\s,;<>()].*");
        boolean noField = line.indexOf('\n') >= 0 && line.indexOf('\n') < line.indexOf(':');
        boolean noAddress = line.matches("(?s)[^:]*: .*<[^<>@]*>.*");
        boolean openGroup = line.matches("(?si)\\S* (" + ADDRESSES + "): .*:[^;]*");
        return !Ascii.isSevenBit(line) && (line.contains("=?") || quotes || noAddress || openGroup || noField);
    }

    /** Raw octets in the parameters of a multipart hide its parts before the rewrite, but not after it. */
    private static void skipUnreadable(List<String> before, List<String> after) {
        for (String unreadable : List.copyOf(before)) {
            if (unreadable.endsWith(UNREADABLE)) {
                String path = unreadable.substring(0, unreadable.length() - UNREADABLE.length());
                before.remove(unreadable);
                after.removeIf(line -> line.equals(unreadable)
                        || line.startsWith(path + ".")
                        || line.matches(Pattern.quote(path) + " \\d+ parts"));
            }
        }
    }

    public static List<String> lines(byte[] message) throws Exception {
        var reader = new AsJakartaReads();
        reader.message(new MimeMessage(null, new ByteArrayInputStream(message)), "");
        return reader.lines;
    }

    /** The unchanged values of all fields that have a blank continuation line. */
    static List<String> withBlankLines(byte[] message) throws Exception {
        var reader = new AsJakartaReads();
        reader.message(new MimeMessage(null, new ByteArrayInputStream(message)), "");
        return reader.withBlankLines;
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
        } else if (type.matches("message/.*(-status|-notification|-report|external-body)")) {
            byte[] body = body(part);
            for (String field :
                    new String(body == null ? new byte[0] : body, StandardCharsets.ISO_8859_1).split("\r\n(?![ \t])")) {
                String[] pair = characters(field).split(":", 2);
                if (!pair[0].equalsIgnoreCase("Content-Transfer-Encoding")) { // as in a header
                    lines.add(path + " " + pair[0] + (pair.length < 2 ? "" : ": " + shown(pair[0], pair[1])));
                }
            }
        } else {
            byte[] body = body(part);
            lines.add(path + " " + type + " "
                    + (body == null ? DAMAGED : Base64.getEncoder().encodeToString(body)));
        }
    }

    private void multipart(Part part, String path) throws Exception {
        Multipart multipart;
        int count;
        try {
            multipart = (Multipart) part.getContent();
            count = multipart.getCount();
        } catch (MessagingException | IOException | ClassCastException e) {
            lines.add(path + UNREADABLE);
            return;
        }
        lines.add(path + " " + count + " parts");
        for (int i = 0; i < count; i++) {
            Part child = multipart.getBodyPart(i);
            if (type(part).equals("multipart/digest") && child.getHeader("Content-Type") == null) {
                // RFC 2046 5.1.5 makes it a message, but Jakarta Mail ignores that rule.
                message(new MimeMessage(null, raw(child)), path + "." + (i + 1) + "/");
            } else {
                part(child, path + "." + (i + 1));
            }
        }
    }

    private static String type(Part part) throws MessagingException {
        String label = baseType(part.getContentType());
        return Ascii.lowerCase(characters(label));
    }

    /** The text before the parameters, even if the parameters are invalid. */
    private static String baseType(String value) {
        return value.replaceAll("^(\\s*\\([^()]*\\))+\\s*", "").replaceFirst("(?s)[;\\s(].*", "");
    }

    private static java.io.InputStream raw(Part part) throws Exception {
        return part instanceof MimeMessage message
                ? message.getRawInputStream()
                : ((MimeBodyPart) part).getRawInputStream();
    }

    /** The decoded octets; undecoded if the label is unknown, and null if they are damaged. */
    private static byte[] body(Part part) throws Exception {
        java.io.InputStream in;
        try {
            // Jakarta Mail ignores the label on message types unless mail.mime.allowencodedmessages is set.
            String encoding = type(part).startsWith("message/") ? ((MimePart) part).getEncoding() : null;
            in = encoding == null ? part.getInputStream() : MimeUtility.decode(raw(part), encoding);
        } catch (MessagingException | IOException e) { // an unknown encoding
            in = raw(part);
        }
        var out = new java.io.ByteArrayOutputStream();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                out.write(octet);
            }
        } catch (IOException | RuntimeException e) { // the latter from the decoder of uuencode
            return null;
        }
        return out.toByteArray();
    }

    private void headers(MimePart part, String path) throws Exception {
        for (Header header : Collections.list(part.getAllHeaders())) {
            if (header.getValue().lines().skip(1).anyMatch(String::isBlank)) {
                withBlankLines.add(header.getValue());
            }
            String[] field =
                    characters(header.getName() + ":" + header.getValue()).split(":", 2);
            if (!field[0].equalsIgnoreCase("Content-Transfer-Encoding")) {
                lines.add(path + " " + field[0] + ": " + shown(field[0], field[1]));
            }
        }
        lines.add(path + " file name: " + fileName(part));
    }

    /** Jakarta Mail returns one character per octet. Decodes them as UTF-8 if they are valid. RFC 6532. */
    private static String characters(String octets) {
        byte[] bytes = Rewrites.bytes(octets);
        return Utf8Check.isUtf8(bytes, 0, bytes.length)
                        && Rewrites.text(bytes, 0).equals(octets)
                ? new String(bytes, StandardCharsets.UTF_8)
                : octets;
    }

    static String shown(String name, String labelled) {
        String value = relabelled(labelled);
        if (name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Disposition")) {
            return baseType(value);
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

    private static String relabelled(String value) {
        return value.replaceAll("(?i)=\\?" + OTHER_LABEL + "(?=\\?[bq]\\?)", "=?iso-8859-1");
    }

    private static String decoded(String value) {
        // decodeText throws if Java does not support the charset.
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
                shown.append(shown(address)).append(", ");
            }
            return shown.toString();
        } catch (MessagingException | IOException e) {
            return null;
        }
    }

    /** For a group, Jakarta Mail returns only the source: a name, a colon and members. RFC 5322 3.4. */
    private static String shown(InternetAddress address) throws MessagingException, IOException {
        if (!address.isGroup()) {
            return address.getPersonal() + " <" + address.getAddress() + ">";
        }
        String[] group = address.getAddress().split(":", 2);
        return decoded(group[0]).replace("\"", "").strip() + ": " + addresses(group[1].replaceFirst(";$", ""));
    }

    private static String fileName(MimePart part) {
        try {
            var header = new MimeBodyPart();
            for (String field : new String[] {"Content-Disposition", "Content-Type"}) {
                String value = part.getHeader(field, null);
                if (value != null) {
                    header.setHeader(
                            field, value.replaceAll("(?i)(\\*\\s*=\\s*)" + OTHER_LABEL + "'", "$1iso-8859-1'"));
                }
            }
            String name = header.getFileName();
            return name == null ? null : characters(name);
        } catch (MessagingException e) {
            return null;
        }
    }
}
