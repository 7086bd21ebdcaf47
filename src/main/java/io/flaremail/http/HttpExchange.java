package io.flaremail.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes HTTP exchanges over pooled connections. Returns I/O failures as values, does not retry, and does not follow
 * redirects. Thread-safe.
 *
 * <p>Tests: ProxyTest, PoolTest, HazardsTest.
 */
public final class HttpExchange implements Closeable {
    /** No limit for the wait for a connection, where zero means no wait. */
    private static final Timeout UNLIMITED = Timeout.ofDays(365);

    private static final Pattern RAY = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final HttpSettings settings;

    /** Null after an Error, until the next exchange. */
    private CloseableHttpClient client;

    private boolean closed;

    public HttpExchange(HttpSettings settings) {
        this.settings = settings;
        this.client = ConnectionPools.client(settings);
    }

    /** The exchange shared by all clients with equal settings. */
    public static HttpExchange shared(HttpSettings settings) {
        return ConnectionPools.shared(settings);
    }

    /**
     * Makes the exchange.
     *
     * @return never null; an Error becomes the cause of its failure
     * @throws IllegalStateException if this is closed; no request is then begun
     */
    public HttpOutcome execute(HttpCall call) {
        requireOpen();
        UploadEntity entity = call.body == null ? null : new UploadEntity(call.body);
        HttpClientContext context = HttpClientContext.create();
        CloseableHttpClient current = null;
        HttpUriRequestBase request = null;
        try {
            current = current();
            request = request(call, entity);
            RequestExecutor.begin(call, context);
            ClassicHttpResponse response = current.executeOpen(null, request, context);
            return read(response, request, call, phase(entity, context));
        } catch (Throwable e) {
            release(e, current, request);
            return HttpOutcome.failed(failure(e, call), phase(entity, context));
        }
    }

    /** The failure without the token; never null. Describing an OutOfMemoryError may fail as well. */
    private static IOException failure(Throwable e, HttpCall call) {
        try {
            IOException failure =
                    e instanceof IOException ? (IOException) e : new IOException("the exchange failed: " + e, e);
            return call.redaction.clean(failure);
        } catch (Throwable again) {
            return new IOException("the exchange failed", again);
        }
    }

    /** An Error may close HttpClient's pool, or leak a connection. */
    private void release(Throwable e, CloseableHttpClient current, HttpUriRequestBase request) {
        try {
            if (request != null) {
                request.cancel();
            }
            if (e instanceof Error && current != null) {
                forget(current);
            }
        } catch (Throwable again) {
            // The exchange has already failed, and its outcome must be returned.
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

    private synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this client has been closed");
        }
    }

    private synchronized CloseableHttpClient current() {
        if (client == null) {
            client = ConnectionPools.client(settings);
        }
        return client;
    }

    /**
     * The next client is created when needed, since creation may fail during an OutOfMemoryError. The old one is not
     * closed, since other exchanges may be in progress.
     */
    private synchronized void forget(CloseableHttpClient broken) {
        if (client == broken) {
            client = null;
        }
    }

    private static HttpUriRequestBase request(HttpCall call, UploadEntity entity) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method, call.uri);
        Duration lease = call.deadline.atMost(call.responseTimeout);
        request.setHeader("Authorization", "Bearer " + call.token);
        request.setHeader("Accept", "application/json, message/rfc822");
        request.setEntity(entity);
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(lease.isZero() ? UNLIMITED : Timeout.of(lease))
                .setResponseTimeout(Timeout.of(call.responseTimeout))
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        return request;
    }

    private static RequestPhase phase(UploadEntity entity, HttpClientContext context) {
        if (!RequestExecutor.isBegun(context)) {
            return RequestPhase.NOT_BEGUN;
        }
        return entity == null || entity.mayBeWhole() ? RequestPhase.WHOLE : RequestPhase.PARTIAL;
    }

    private static HttpOutcome read(
            ClassicHttpResponse response, HttpUriRequestBase request, HttpCall call, RequestPhase phase) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        IOException failure = null;
        try {
            copy(response, body, call.longestAnswer);
            response.close();
        } catch (Throwable e) {
            request.cancel(); // closing would read the response to its end, which may never come
            failure = failure(e, call);
        }
        return HttpOutcome.answered(
                        response.getCode(),
                        ray(response, call.redaction),
                        header(response, "Retry-After", call.redaction),
                        failure == null ? body.toByteArray() : new byte[0],
                        failure,
                        phase)
                .dated(header(response, "Date", call.redaction));
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
                throw new IOException("the response is longer than " + longest + " bytes");
            }
        }
    }

    /** The {@code cf-ray}; null if it is malformed. */
    private static String ray(ClassicHttpResponse response, Redaction redaction) {
        String ray = header(response, "cf-ray", redaction);
        return ray != null && RAY.matcher(ray).matches() ? ray : null;
    }

    private static String header(ClassicHttpResponse response, String name, Redaction redaction) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? null : redaction.clean(header.getValue());
    }
}
