package io.flaremail;

import io.flaremail.api.MimeText;
import io.flaremail.api.MimeTextException;
import io.flaremail.mime.JsonMimeStream;
import io.flaremail.mime.LineEnds;
import io.flaremail.mime.UnencodableContentException;
import io.flaremail.mime.Utf8Rewriter;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The message as it goes out, measured before a connection is leased. Small ones are serialised once into a buffer;
 * larger ones are counted first and serialised again into the connection, so that memory does not grow with the message.
 */
final class WireMessage implements MimeText {
    /** Above this a message is serialised twice rather than held in memory. */
    static final int BUFFERED_AT_MOST = 256 * 1024;

    /** Where the message's bytes come from, each time the same. */
    private interface Source {
        void writeTo(OutputStream out) throws IOException, MessagingException;
    }

    private final Source source;
    private final Measure measure;

    private WireMessage(Source source, Measure measure) {
        this.source = source;
        this.measure = measure;
    }

    /**
     * Serialises a message without changing it. One that is not UTF-8, which JSON could not carry, is rewritten on its
     * serialised bytes.
     *
     * @throws IOException when it cannot be serialised
     * @throws MessagingException when it cannot be serialised, or not be rewritten because it is signed
     */
    static WireMessage of(MimeMessage message, WireForm form) throws IOException, MessagingException {
        Source asItIs = out -> form.write(message, out);
        Measure measure = new Measure(BUFFERED_AT_MOST);
        if (serialise(asItIs, measure)) {
            return new WireMessage(asItIs, measure);
        }
        byte[] bytes = rewritten(asItIs);
        Source rewritten = out -> out.write(bytes);
        Measure again = new Measure(BUFFERED_AT_MOST);
        serialise(rewritten, again);
        return new WireMessage(rewritten, again);
    }

    @Override
    public long length() {
        return measure.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (measure.content() != null) {
            out.write(measure.content(), 0, (int) measure.length());
            return;
        }
        SameAgain again = new SameAgain(out, measure);
        try {
            serialise(source, again);
        } catch (MessagingException | IOException | RuntimeException failed) {
            if (again.isBrokenBelow()) {
                throw failed instanceof IOException ? (IOException) failed : new IOException(failed);
            }
            throw failed instanceof MimeTextException
                    ? (MimeTextException) failed
                    : new MimeTextException(
                            "The message could not be serialised a second time; nothing was sent", failed);
        }
        again.finish();
    }

    /** @return whether all of it is UTF-8 */
    private static boolean serialise(Source source, OutputStream out) throws IOException, MessagingException {
        JsonMimeStream json = LineStreams.over(out);
        source.writeTo(json);
        json.finish();
        return json.isUtf8();
    }

    private static byte[] rewritten(Source source) throws IOException, MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        source.writeTo(bytes);
        try {
            return Utf8Rewriter.rewrite(LineEnds.canonical(bytes.toByteArray()));
        } catch (UnencodableContentException signed) {
            throw new MessagingException("The message cannot be sent as JSON: " + signed.getMessage(), signed);
        }
    }
}
