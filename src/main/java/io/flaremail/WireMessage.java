package io.flaremail;

import io.flaremail.api.MimeText;
import io.flaremail.mime.JsonMimeStream;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The message as it goes out, measured before a connection is leased. Small ones are serialised once into a buffer;
 * larger ones are counted first and serialised again into the connection, so that memory does not grow with the message.
 */
final class WireMessage implements MimeText {
    /** Above this a message is serialised twice rather than held in memory. */
    static final int BUFFERED_AT_MOST = 256 * 1024;

    /** Bcc is envelope-only, RFC 5322 section 3.6.3. Content-Length is a mailbox's, not a message's. As SMTP does. */
    private static final String[] LEFT_OUT = {"Bcc", "Content-Length"};

    private final MimeMessage message;
    private final Measure measure;

    private WireMessage(MimeMessage message, Measure measure) {
        this.message = message;
        this.measure = measure;
    }

    /**
     * Serialises a message without changing it.
     *
     * @throws IOException when it cannot be serialised, or not as JSON
     * @throws MessagingException when it cannot be serialised
     */
    static WireMessage of(MimeMessage message) throws IOException, MessagingException {
        Measure measure = new Measure(BUFFERED_AT_MOST);
        if (!serialise(message, measure)) {
            throw new IOException("The message holds bytes that are not UTF-8, which the API's JSON cannot carry:"
                    + " give such parts the Content-Transfer-Encoding base64 or quoted-printable");
        }
        return new WireMessage(message, measure);
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
            serialise(message, again);
        } catch (MessagingException | RuntimeException changed) {
            throw new IOException("The message could not be serialised a second time; nothing was sent", changed);
        }
        again.finish();
    }

    /** @return whether all of it is UTF-8 */
    private static boolean serialise(MimeMessage message, OutputStream out) throws IOException, MessagingException {
        JsonMimeStream json = LineStreams.over(out);
        message.writeTo(json, LEFT_OUT);
        json.finish();
        return json.isUtf8();
    }
}
