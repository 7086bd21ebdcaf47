package io.flaremail.api;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * One HTTP exchange at a time and thread, over pooled connections. Whatever happens is a value: nothing is thrown for
 * I/O, nothing is repeated, no redirect is followed.
 */
final class HttpExchange implements Closeable {
    /** More than any documented answer needs; what is longer is not from the API. */
    private static final int LONGEST_ANSWER = 1 << 20;

    /** A lease has no other way to say it: there, zero means at once. */
    private static final Timeout FOR_EVER = Timeout.ofDays(365);

    private final CloseableHttpClient client;

    HttpExchange(HttpSettings settings) {
        this.client = HttpConnections.client(settings);
    }

    HttpReply execute(HttpCall call) {
        TrackedEntity entity = call.body == null ? null : new TrackedEntity(call.body);
        HttpUriRequestBase request = request(call, entity);
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(Connecting.DEADLINE, call.deadline);
        UploadWatch watch = UploadWatch.over(call.body, call.deadline, request::cancel);
        try {
            return client.execute(request, context, response -> read(response, call.token, mayBeWhole(entity)));
        } catch (IOException failure) {
            return HttpReply.failed(failure, mayBeWhole(entity));
        } catch (RuntimeException failure) {
            return HttpReply.failed(new IOException("the exchange failed: " + failure, failure), mayBeWhole(entity));
        } finally {
            watch.end();
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }

    private static HttpUriRequestBase request(HttpCall call, HttpEntity entity) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method, call.uri);
        Duration lease = call.deadline.atMost(call.responseTimeout);
        request.setHeader("Authorization", "Bearer " + call.token);
        request.setHeader("Accept", "application/json");
        request.setEntity(entity);
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(lease.isZero() ? FOR_EVER : Timeout.of(lease))
                .setResponseTimeout(Timeout.of(call.responseTimeout))
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        return request;
    }

    private static boolean mayBeWhole(TrackedEntity entity) {
        return entity == null || entity.mayBeWhole;
    }

    private static HttpReply read(ClassicHttpResponse response, String token, boolean requestMayBeWhole) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        IOException failure = null;
        try {
            copy(response, body);
        } catch (IOException cut) {
            failure = cut;
        }
        return HttpReply.answered(
                response.getCode(),
                header(response, "cf-ray", token),
                header(response, "Retry-After", token),
                without(token, body.toByteArray()),
                failure,
                requestMayBeWhole);
    }

    /** A peer that echoes the token must not get it into an exception's message. */
    private static byte[] without(String token, byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return text.contains(token) ? text.replace(token, "[token]").getBytes(StandardCharsets.ISO_8859_1) : body;
    }

    private static void copy(ClassicHttpResponse response, ByteArrayOutputStream to) throws IOException {
        if (response.getEntity() == null) {
            return;
        }
        try (InputStream from = response.getEntity().getContent()) {
            byte[] buffer = new byte[4096];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                if (to.size() > LONGEST_ANSWER) {
                    response.close();
                    throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
                }
            }
        }
    }

    private static String header(ClassicHttpResponse response, String name, String token) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null
                ? null
                : ApiEnvelope.clean(header.getValue().replace(token, "[token]"));
    }

    /** A body that remembers whether the peer may have got all of it. */
    private static final class TrackedEntity extends AbstractHttpEntity {
        private final RequestBody body;
        private volatile boolean mayBeWhole;

        TrackedEntity(RequestBody body) {
            super(ContentType.create("application/json"), null, false); // RFC 8259 defines no charset
            this.body = body;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            body.writeTo(out, () -> mayBeWhole = true);
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
            throw new UnsupportedOperationException("this body is only written");
        }

        @Override
        public void close() {
            // nothing to release
        }
    }
}
