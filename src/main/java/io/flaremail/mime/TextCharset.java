package io.flaremail.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A charset to label raw octets with. Not thread-safe.
 *
 * <p>Tests: EncodedWordWriterTest, FieldRewriterTest.
 */
final class TextCharset {
    /** The charset that maps every octet to a character, so no information is lost if the label is wrong. */
    static final TextCharset LATIN_1 = new TextCharset("iso-8859-1", null);

    private static final int LONGEST_CHARACTER = 8;
    private static final String ASCII = ascii();

    final String name;
    /** Null for Latin-1, in which every octet is a character. */
    private final CharsetDecoder decoder;

    private TextCharset(String name, CharsetDecoder decoder) {
        this.name = name;
        this.decoder = decoder;
    }

    /** {@link #LATIN_1} if there is no label, Java does not support it, or it is not a superset of ASCII. */
    static TextCharset of(String label) {
        String name = label == null ? "" : label.trim();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{1,23}") || !Charset.isSupported(name)) {
            return LATIN_1;
        }
        Charset charset = Charset.forName(name);
        boolean containsAscii = charset.canEncode()
                && new String(Ascii.bytes(ASCII), charset).equals(ASCII)
                && new String(ASCII.getBytes(charset), StandardCharsets.ISO_8859_1).equals(ASCII);
        return containsAscii ? new TextCharset(name, strict(charset.newDecoder())) : LATIN_1;
    }

    private static CharsetDecoder strict(CharsetDecoder decoder) {
        return decoder.onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static String ascii() {
        StringBuilder all = new StringBuilder();
        for (char c = ' '; c < 0x7f; c++) {
            all.append(c);
        }
        return all.toString();
    }

    /** This charset if it can decode the octets character by character, otherwise {@link #LATIN_1}. */
    TextCharset orLatin1(String octets) {
        String all = decoder == null ? null : decoded(octets);
        StringBuilder pieces = new StringBuilder();
        for (int at = 0; all != null && at < octets.length(); ) {
            int length = characterLength(octets, at);
            pieces.append(length == 0 ? "" : decoded(octets.substring(at, at + length)));
            at += length == 0 ? octets.length() : length;
        }
        return all != null && pieces.toString().equals(all) ? this : LATIN_1;
    }

    /** The number of octets of the character at {@code at}; 0 if they cannot be decoded. */
    int characterLength(String octets, int at) {
        int most = Math.min(LONGEST_CHARACTER, octets.length() - at);
        for (int length = 1; length <= most; length++) {
            if (decoder == null || decoded(octets.substring(at, at + length)) != null) {
                return length;
            }
        }
        return 0;
    }

    /** Null if the octets are invalid. Exceptions are avoided because they would take most of the time. */
    private String decoded(String octets) {
        int most = (int) Math.ceil(octets.length() * (double) decoder.maxCharsPerByte());
        CharBuffer decoded = CharBuffer.allocate(most);
        ByteBuffer in = ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
        boolean complete = decoder.reset().decode(in, decoded, true).isUnderflow()
                && decoder.flush(decoded).isUnderflow();
        boolean any = decoded.position() > 0 || octets.isEmpty();
        decoded.flip();
        return complete && any ? decoded.toString() : null;
    }
}
