package io.flaremail;

import io.flaremail.mime.JsonMimeStream;
import jakarta.mail.util.LineOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lets body parts write their header lines directly. Otherwise each part needs a ServiceLoader lookup, 40 % of the time
 * for a small message. Encodes lines as Jakarta Mail's own stream does.
 */
final class JsonLineStream extends JsonMimeStream implements LineOutputStream {
    private static final byte[] CRLF = {'\r', '\n'};

    /** The system property that MimeBodyPart reads, with the same default. */
    private static final boolean UTF8_LINES =
            !"false".equalsIgnoreCase(System.getProperty("mail.mime.allowutf8", "true"));

    private JsonLineStream(OutputStream out) {
        super(out);
    }

    /** Returns the superclass, so that the caller passes verification even if this class cannot be loaded. */
    static JsonMimeStream over(OutputStream out) {
        return new JsonLineStream(out);
    }

    @Override
    public void writeln(String line) throws IOException {
        write(UTF8_LINES ? line.getBytes(StandardCharsets.UTF_8) : lowBytes(line));
        writeln();
    }

    @Override
    public void writeln() throws IOException {
        write(CRLF);
    }

    /** The low byte of each character. ISO-8859-1 would write question marks instead. */
    private static byte[] lowBytes(String line) {
        byte[] bytes = new byte[line.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) line.charAt(i);
        }
        return bytes;
    }
}
