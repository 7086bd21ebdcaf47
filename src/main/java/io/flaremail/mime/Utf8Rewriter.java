package io.flaremail.mime;

/**
 * Rewrites a serialised message so that it is valid UTF-8 while every reader still sees the same content: leaf bodies become
 * quoted-printable or base64 (RFC 2045 6), header text becomes encoded-words (RFC 2047) or extended parameters (RFC 2231).
 * Octets of an address or identifier, for which there is no encoding, become raw UTF-8 (RFC 6532).
 * Everything that is valid UTF-8 already stays as it is, to the octet.
 */
public final class Utf8Rewriter {
    private Utf8Rewriter() {}

    /**
     * Makes {@code message} valid UTF-8.
     *
     * @param message canonical bytes: CRLF line ends, as SMTP would send them; never modified
     * @return the same array if it is valid UTF-8 already, else a new message that is
     * @throws UnencodableContentException if that would change something signed or encrypted; rarely, if a multipart cannot
     *     be taken apart as every reader would, such as one without any delimiter, or entities nest deeper than 100
     */
    public static byte[] rewrite(byte[] message) throws UnencodableContentException {
        Octets whole = new Octets(message, 0, message.length);
        if (whole.isUtf8()) {
            return message;
        }
        Edits edits = new Edits(message);
        new EntityRewriter(edits).rewriteMessage(Entity.message(whole, Location.MESSAGE));
        return edits.apply();
    }
}
