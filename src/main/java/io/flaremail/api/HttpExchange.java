package io.flaremail.api;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * One HTTP exchange at a time and thread, over pooled connections. Whatever happens is a value: nothing is thrown for
 * I/O, nothing is repeated, no redirect is followed.
 */
final class HttpExchange implements Closeable {
    /** More than any documented answer needs; what is longer is not from the API. */
    private static final int LONGEST_ANSWER = 1 << 20;

    /** What is asked for may be a message, of 25 MiB at most, or a thousand suppressions. */
    private static final int LONGEST_DOCUMENT = 32 << 20;

    /** A lease has no other way to say it: there, zero means at once. */
    private static final Timeout FOR_EVER = Timeout.ofDays(365);

    private final HttpSettings settings;

    /** Null from an Error on until the next exchange. */
    private CloseableHttpClient client;

    private boolean closed;

    HttpExchange(HttpSettings settings) {
        this.settings = settings;
        this.client = HttpConnections.client(settings);
    }

    /** @throws IllegalStateException once this is closed */
    HttpReply execute(HttpCall call) {
        CloseableHttpClient current = current();
        TrackedEntity entity = call.body == null ? null : new TrackedEntity(call.body);
        HttpUriRequestBase request = request(call, entity);
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(Connecting.DEADLINE, call.deadline);
        UploadWatch watch = UploadWatch.over(call.body, call.deadline, request::cancel);
        try {
            return read(
                    current.executeOpen(null, request, context), request, call.redaction, mayBeWhole(entity, context));
        } catch (IOException failure) {
            rethrowError(entity);
            return HttpReply.failed(call.redaction.clean(failure), mayBeWhole(entity, context));
        } catch (RuntimeException failure) {
            IOException wrapped = new IOException("the exchange failed: " + failure, failure);
            return HttpReply.failed(call.redaction.clean(wrapped), mayBeWhole(entity, context));
        } catch (Error error) {
            forget(current);
            throw error;
        } finally {
            watch.end();
        }
    }

    @Override
    public void close() {
        CloseableHttpClient last;
        synchronized (this) {
            closed = true;
            last = client;
        }
        if (last != null) {
            last.close(CloseMode.GRACEFUL);
        }
    }

    private synchronized CloseableHttpClient current() {
        if (closed) {
            throw new IllegalStateException("this client has been closed");
        }
        if (client == null) {
            client = HttpConnections.client(settings);
        }
        return client;
    }

    /**
     * HttpClient closes its pool on an Error, or loses a connection of it. Another is made when it is needed: in the middle
     * of an OutOfMemoryError it could not be. This one is not closed, others may have exchanges under way.
     */
    private synchronized void forget(CloseableHttpClient broken) {
        if (client == broken) {
            client = null;
        }
    }

    private static HttpUriRequestBase request(HttpCall call, TrackedEntity entity) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method, call.uri);
        Duration lease = call.deadline.atMost(call.responseTimeout);
        request.setHeader("Authorization", "Bearer " + call.token);
        request.setHeader("Accept", "application/json, message/rfc822");
        request.setEntity(entity);
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(lease.isZero() ? FOR_EVER : Timeout.of(lease))
                .setResponseTimeout(Timeout.of(call.responseTimeout))
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        return request;
    }

    private static boolean mayBeWhole(TrackedEntity entity, HttpClientContext context) {
        return entity == null ? RequestThenAnswer.isBegun(context) : entity.mayBeWhole();
    }

    private static void rethrowError(TrackedEntity entity) {
        if (entity != null && entity.error() != null) {
            throw entity.error();
        }
    }

    private static HttpReply read(
            ClassicHttpResponse response, HttpUriRequestBase request, Redaction redaction, boolean requestMayBeWhole)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        IOException failure = null;
        try {
            copy(response, body, request.getMethod().equals("GET") ? LONGEST_DOCUMENT : LONGEST_ANSWER);
            response.close();
        } catch (IOException cut) {
            request.cancel(); // closing would read the answer to its end, which may never come
            failure = redaction.clean(cut);
        }
        return HttpReply.answered(
                response.getCode(),
                ray(response, redaction),
                header(response, "Retry-After", redaction),
                body.toByteArray(),
                failure,
                requestMayBeWhole);
    }

    private static void copy(ClassicHttpResponse response, ByteArrayOutputStream to, int longest) throws IOException {
        if (response.getEntity() == null) {
            return;
        }
        InputStream from = response.getEntity().getContent();
        byte[] buffer = new byte[4096];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.write(buffer, 0, n);
            if (to.size() > longest) {
                throw new IOException("the answer is longer than " + longest + " bytes");
            }
        }
    }

    /** A ray looks like one, or it is somebody's echo. */
    private static String ray(ClassicHttpResponse response, Redaction redaction) {
        String ray = header(response, "cf-ray", redaction);
        return ray != null && ray.matches("[0-9A-Za-z-]{1,64}") ? ray : null;
    }

    private static String header(ClassicHttpResponse response, String name, Redaction redaction) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? null : redaction.clean(header.getValue());
    }
}
