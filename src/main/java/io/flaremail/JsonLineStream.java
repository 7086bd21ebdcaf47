package io.flaremail;

import io.flaremail.mime.JsonMimeStream;
import jakarta.mail.util.LineOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream that body parts write their header lines to directly; without it each part pays a ServiceLoader look-up, 40 %
 * of a small message. Encodes lines as Jakarta Mail's own stream does.
 */
final class JsonLineStream extends JsonMimeStream implements LineOutputStream {
    private static final byte[] CRLF = {'\r', '\n'};

    /** The system property that MimeBodyPart goes by, with its default. */
    private static final boolean UTF8_LINES =
            !"false".equalsIgnoreCase(System.getProperty("mail.mime.allowutf8", "true"));

    private JsonLineStream(OutputStream out) {
        super(out);
    }

    /** Typed so that a class which calls this can be verified where this class cannot be loaded. */
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

    /** One byte a character, the upper half cut off: not ISO-8859-1, which would put question marks. */
    private static byte[] lowBytes(String line) {
        byte[] bytes = new byte[line.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) line.charAt(i);
        }
        return bytes;
    }
}
