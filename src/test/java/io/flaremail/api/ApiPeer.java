package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SelectableChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An HTTP peer that knows nothing of the API: it writes down each request, and plays the next answer from its script. Its
 * account is {@code acc}, its zone {@code zone}. A request without an answer is told 599, which no client understands.
 */
final class ApiPeer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String TOKEN = "secret-token-0123456789";

    private static final String BASE = "/client/v4";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1, http());
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Connection> open = new HashSet<>();

    /** A request as it came: the path below the endpoint with its query, still escaped. */
    record Call(String method, String target, Map<String, String> headers, byte[] bytes) {
        String line() {
            return method + " " + target;
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return ApiPeer.json(text());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        connector.setHost("127.0.0.1");
        connector.addBean(new SelectorManager.AcceptListener() {
            @Override
            public void onAccepted(SelectableChannel channel) {
                connections.incrementAndGet();
            }
        });
        connector.addBean(new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                synchronized (open) {
                    open.add(connection);
                }
            }

            @Override
            public void onClosed(Connection connection) {
                synchronized (open) {
                    open.remove(connection);
                    open.notifyAll();
                }
            }
        });
        server.addConnector(connector);
        server.setStopTimeout(0);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                calls.add(call(request));
                Reply next = script.poll();
                (next == null ? Reply.of(599, "no answer in the script") : next).play(request, response, callback);
                return true;
            }
        });
        server.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        script.clear();
        calls.clear();
        connections.set(0);
        synchronized (open) {
            open.clear();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server.stop();
    }

    /** What the next requests are answered, one each. */
    ApiPeer script(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    List<Call> calls() {
        return calls;
    }

    /** Such as {@code GET /zones?name=example.com}, in the order in which they came. */
    List<String> lines() {
        return calls.stream().map(Call::line).toList();
    }

    Call onlyCall() {
        if (calls.size() != 1) {
            throw new AssertionError("expected one request, got " + lines());
        }
        return calls.get(0);
    }

    /** Connections accepted since the test began. */
    int connections() {
        return connections.get();
    }

    /** Returns when every connection that was made since the test began is closed. */
    void awaitNoneOpen() throws InterruptedException {
        synchronized (open) {
            for (long end = System.nanoTime() + PATIENCE; !open.isEmpty(); open.wait(1000)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(open.size() + " connections are still open");
                }
            }
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + BASE);
    }

    /** A builder whose clients do not wait between tries, unless they are told to. */
    CloudflareEmail.Builder builder() {
        return CloudflareEmail.builder().token(TOKEN).endpoint(endpoint()).jitter(() -> 0);
    }

    CloudflareEmail client() {
        return builder().build();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static HttpConnectionFactory http() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        // Escaped slashes, empty segments, dots: whatever a client makes of an id is to be seen.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return new HttpConnectionFactory(configuration);
    }

    private static Call call(Request request) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaders().forEach(field -> headers.put(field.getName(), field.getValue()));
        byte[] body = Content.Source.asInputStream(request).readAllBytes();
        String target = request.getHttpURI().getPathQuery();
        return new Call(
                request.getMethod(),
                target.startsWith(BASE) ? target.substring(BASE.length()) : "outside: " + target,
                headers,
                body);
    }
}
