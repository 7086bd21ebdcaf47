package io.flaremail.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A body that remembers whether the peer may have got all of it. */
final class TrackedEntity extends AbstractHttpEntity {
    private final RequestBody body;
    private volatile boolean mayBeWhole;
    private volatile Error error;

    TrackedEntity(RequestBody body) {
        super(ContentType.create("application/json"), null, false); // RFC 8259 section 11 defines no charset
        this.body = body;
    }

    boolean mayBeWhole() {
        return mayBeWhole;
    }

    /** What came from the message itself, such as a class that an attachment's handler lacks; null for none. */
    Error error() {
        return error;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            body.writeTo(out, () -> mayBeWhole = true);
        } catch (IOException | RuntimeException expected) {
            throw expected;
        } catch (Throwable ofTheMessage) {
            // In disguise: HttpClient closes the pool of all senders when it sees an Error, and loses the connection to
            // a checked exception that nobody declared, as other languages throw them.
            error = ofTheMessage instanceof Error ? (Error) ofTheMessage : null;
            throw new MimeTextException("the message failed while it was being written", ofTheMessage);
        }
    }

    @Override
    public long getContentLength() {
        return body.length();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public InputStream getContent() {
        throw new IllegalStateException("this body is only written");
    }

    @Override
    public void close() {
        // nothing to release
    }
}
