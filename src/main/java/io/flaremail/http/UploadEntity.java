package io.flaremail.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A body that records whether the peer may have received all of it.
 *
 * <p>Tests: AnswerHazardsTest.
 */
final class UploadEntity extends AbstractHttpEntity {
    private final RequestBody body;
    private volatile boolean mayBeWhole;

    UploadEntity(RequestBody body) {
        super(ContentType.create("application/json"), null, false); // RFC 8259 section 11 defines no charset
        this.body = body;
    }

    boolean mayBeWhole() {
        return mayBeWhole;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            body.writeTo(out, () -> mayBeWhole = true);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            // Wrapped: on an Error, HttpClient closes the pool of all senders; on an undeclared checked exception, as
            // other
            // languages throw them, it leaks the connection.
            throw new RequestBodyException("the message failed while it was being written", e);
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
