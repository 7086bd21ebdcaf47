package io.flaremail;

import io.flaremail.mime.JsonMimeStream;
import java.io.OutputStream;

/** Chooses the stream that a message is written to: the faster one where the mail API knows it. */
final class LineStreams {
    private static final boolean LINES = isKnown();

    private LineStreams() {}

    static JsonMimeStream over(OutputStream out) {
        return LINES ? JsonLineStream.over(out) : new JsonMimeStream(out);
    }

    /** {@code LineOutputStream} exists from mail-api 2.1 on; a class that names it does not load on older ones. */
    private static boolean isKnown() {
        try {
            return JsonLineStream.class.getInterfaces().length > 0;
        } catch (LinkageError e) {
            return false;
        }
    }
}
