package io.flaremail.mime;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Rewrites one header field that is not valid UTF-8: text as encoded-words, what no encoding exists for as raw UTF-8. Every
 * word with 8-bit octets changes: where some are not UTF-8, others that happen to look like it most likely are not either.
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

    /** @param charset what the octets most likely are; Latin-1 is written where they cannot be */
    static byte[] rewrite(Field field, TextCharset charset) {
        return Ascii.raw(FoldedLine.withoutBlankLines(rewritten(field, charset.orLatin1(field.value))));
    }

    private static String rewritten(Field field, TextCharset charset) {
        String name = field.name.toLowerCase(Locale.ROOT);
        if (field.label.isEmpty()) {
            return field.range.text(); // No field: readers skip such a line.
        }
        if (name.equals("content-type") || name.equals("content-disposition")) {
            return ParameterField.rewrite(field, charset);
        }
        if (field.is(TransferEncoding.FIELD)
                && !TransferEncoding.label(field.value).isEmpty()) {
            return field.label + ": " + TransferEncoding.label(field.value); // What is read; an encoded-word is not.
        }
        List<Token> tokens = tokens(name, field.value);
        // RFC 2047 5: white space separates an encoded-word from the colon too.
        boolean spaced = tokens.isEmpty() || tokens.get(0).is(Token.Kind.SPACE);
        FoldedLine line = new FoldedLine(field.label + (spaced ? ":" : ": "), charset);
        EncodedText.write(tokens, line);
        return line.toString();
    }

    private static List<Token> tokens(String name, String value) {
        if (ADDRESSES.contains(name) || IDENTIFIERS.contains(name)) {
            return AddressSyntax.mark(Tokens.addresses(value));
        }
        return STRUCTURED.contains(name) ? Tokens.structured(value) : Tokens.unstructured(value);
    }
}
