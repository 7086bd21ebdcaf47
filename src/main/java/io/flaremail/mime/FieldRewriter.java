package io.flaremail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Rewrites one header field that is not valid UTF-8: text as encoded-words, addresses and identifiers, which cannot
 * be encoded, as raw UTF-8. Every word with 8-bit octets changes: if some words are not UTF-8, others that look like
 * UTF-8 most likely are not either.
 *
 * <p>Tests: FieldRewriterTest, EncodedWordWriterTest, ParameterRewriterTest.
 */
final class FieldRewriter {
    private static final Set<String> ADDRESSES = new HashSet<>(Arrays.asList(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "resent-from",
            "resent-sender",
            "resent-reply-to",
            "resent-to",
            "resent-cc",
            "resent-bcc",
            "return-path",
            "errors-to",
            "disposition-notification-to",
            "return-receipt-to",
            "mail-reply-to",
            "mail-followup-to",
            "apparently-to",
            "delivered-to",
            "final-recipient",
            "original-recipient"));
    private static final Set<String> IDENTIFIERS =
            new HashSet<>(Arrays.asList("message-id", "resent-message-id", "content-id", "in-reply-to", "references"));
    private static final Set<String> STRUCTURED = new HashSet<>(Arrays.asList(
            "received",
            "date",
            "resent-date",
            "mime-version",
            "content-transfer-encoding",
            "authentication-results",
            "received-spf",
            "keywords",
            "list-id"));

    private FieldRewriter() {}

    /** @param charset the most likely charset of the octets; Latin-1 is used where they are invalid in it */
    static byte[] rewrite(Header.Field field, TextCharset charset) {
        String rewritten = withoutBlankLines(rewritten(field, charset.orLatin1(field.value)));
        return rewritten.getBytes(StandardCharsets.UTF_8); // what was not encoded becomes raw UTF-8, RFC 6532 3
    }

    private static String rewritten(Header.Field field, TextCharset charset) {
        String name = field.name.toLowerCase(Locale.ROOT);
        if (field.label.isEmpty()) {
            return field.range.text(); // readers skip a line without a colon
        }
        if (name.equals("content-type") || name.equals("content-disposition")) {
            return ParameterRewriter.rewrite(field, charset);
        }
        if (field.is(TransferEncoding.FIELD)
                && !TransferEncoding.label(field.value).isEmpty()) {
            return field.label + ": " + TransferEncoding.label(field.value); // readers ignore the rest
        }
        List<Token> tokens = tokens(name, field.value);
        // White space must separate an encoded-word from the colon too: RFC 2047 5.
        boolean spaced = tokens.isEmpty() || tokens.get(0).is(Token.Kind.SPACE);
        return EncodedWordWriter.write(field.label + (spaced ? ":" : ": "), tokens, charset);
    }

    private static List<Token> tokens(String name, String value) {
        if (ADDRESSES.contains(name) || IDENTIFIERS.contains(name)) {
            return Token.addresses(value);
        }
        return STRUCTURED.contains(name) ? Token.structured(value) : Token.unstructured(value);
    }

    /**
     * Moves the white space of blank continuation lines, which RFC 5322 3.2.2 forbids, to the end of the line before.
     */
    static String withoutBlankLines(String field) {
        StringBuilder kept = new StringBuilder();
        String pending = "";
        for (String line : field.split("(?<=\n)|(?<=\r)(?!\n)")) {
            boolean blank = kept.length() > 0 && Ascii.isBlank(line);
            if (!blank) {
                kept.append(pending);
                pending = "";
            }
            String content = withoutLineEnd(line);
            kept.append(content);
            pending = blank ? pending : line.substring(content.length());
        }
        return kept.toString();
    }

    private static String withoutLineEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }
}
