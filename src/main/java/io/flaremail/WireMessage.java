package io.flaremail;

import io.flaremail.api.MimeText;
import io.flaremail.mime.JsonMimeDecoder;
import io.flaremail.mime.JsonMimeStream;
import io.flaremail.mime.UnencodableContentException;
import io.flaremail.mime.Utf8Rewriter;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The serialised message. It is serialised once, as with SMTP: an attached file may grow, a source may be readable only
 * once, and a message that signs itself differs each time. Every request and every retry sends these bytes. Large
 * messages are kept in a temporary file, see {@link Spool}, so that memory does not grow with them.
 *
 * <p>Tests: LargeMessageTest, SpoolTest.
 */
final class WireMessage implements MimeText, Closeable {
    /** In bytes. Larger messages are kept in a file rather than in memory. */
    static final int BUFFERED_AT_MOST = 256 * 1024;

    private final Spool text;

    private WireMessage(Spool text) {
        this.text = text;
    }

    /**
     * Serialises a message without changing it. If it is not UTF-8, as JSON requires, its serialised bytes are
     * rewritten.
     *
     * @throws IOException if it cannot be serialised
     * @throws MessagingException if it cannot be serialised, or cannot be rewritten because it is signed
     */
    static WireMessage of(MimeMessage message, HeaderRules form) throws IOException, MessagingException {
        return of(message, form, new Spool(BUFFERED_AT_MOST));
    }

    /** @param text where to keep it; closed on failure */
    static WireMessage of(MimeMessage message, HeaderRules form, Spool text) throws IOException, MessagingException {
        Spool kept = text;
        try {
            JsonMimeStream json = LineStreams.over(kept);
            form.write(message, json);
            json.finish();
            if (!json.isUtf8()) {
                byte[] rewritten = rewritten(kept);
                kept.close();
                kept = new Spool(BUFFERED_AT_MOST);
                json = LineStreams.over(kept);
                json.write(rewritten);
                json.finish();
            }
            return new WireMessage(kept);
        } catch (Throwable e) {
            kept.close();
            throw e;
        }
    }

    @Override
    public long length() {
        return text.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        text.writeTo(out);
    }

    /** Deletes the temporary file, if there is one. */
    @Override
    public void close() {
        text.close();
    }

    private static byte[] rewritten(Spool serialised) throws IOException, MessagingException {
        ByteArrayOutputStream message = new ByteArrayOutputStream(Math.toIntExact(serialised.length()));
        serialised.writeTo(new JsonMimeDecoder(message));
        try {
            return Utf8Rewriter.rewrite(message.toByteArray());
        } catch (UnencodableContentException e) {
            throw new MessagingException("The message cannot be sent as JSON: " + e.getMessage(), e);
        }
    }

    /** Chooses the stream that a message is written to: the faster one if the mail API supports it. */
    private static final class LineStreams {
        private static final boolean LINES = isKnown();

        private LineStreams() {}

        static JsonMimeStream over(OutputStream out) {
            return LINES ? JsonLineStream.over(out) : new JsonMimeStream(out);
        }

        /**
         * {@code LineOutputStream} exists since mail-api 2.1; a class that refers to it does not load on older ones.
         */
        private static boolean isKnown() {
            try {
                return JsonLineStream.class.getInterfaces().length > 0;
            } catch (LinkageError e) {
                return false;
            }
        }
    }
}
