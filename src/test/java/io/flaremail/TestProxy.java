package io.flaremail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A forward proxy on the loopback that remembers all it saw: requests with their fields, and what went through. */
final class TestProxy implements AutoCloseable {
    private final Server server = new Server(threads());
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream tunnelled = new ByteArrayOutputStream();
    private volatile String credentials;
    private volatile int status;
    private volatile String body = "";

    static TestProxy start() throws Exception {
        TestProxy proxy = new TestProxy();
        proxy.connector.setHost("127.0.0.1");
        proxy.server.addConnector(proxy.connector);
        proxy.server.setHandler(proxy.new Handler());
        proxy.server.setStopTimeout(0);
        proxy.server.start();
        return proxy;
    }

    /** Lets nobody through without these. */
    TestProxy requiring(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        credentials = "Basic " + Base64.getEncoder().encodeToString(pair);
        return this;
    }

    /** Lets nobody through: every request is answered so. */
    TestProxy answering(int status, String body) {
        this.status = status;
        this.body = body;
        return this;
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Each as {@code METHOD target}, a line for each header field following. */
    List<String> requests() {
        return new ArrayList<>(requests);
    }

    List<String> requestsStarting(String text) {
        return requests.stream().filter(request -> request.startsWith(text)).toList();
    }

    /** All octets that came through tunnels, both ways, as ISO 8859-1. */
    String tunnelled() {
        synchronized (tunnelled) {
            return tunnelled.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception stuck) {
            throw new IllegalStateException(stuck);
        }
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("proxy");
        threads.setDaemon(true);
        return threads;
    }

    private final class Handler extends ConnectHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String target = HttpMethod.CONNECT.is(request.getMethod())
                    ? request.getHttpURI().getAuthority()
                    : request.getHttpURI().asString();
            requests.add(request.getMethod() + " " + target + "\n" + request.getHeaders());
            if (status == 0) {
                return super.handle(request, response, callback);
            }
            response.setStatus(status);
            response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }

        @Override
        protected boolean handleAuthentication(Request request, Response response, String address) {
            if (credentials == null || credentials.equals(request.getHeaders().get(HttpHeader.PROXY_AUTHORIZATION))) {
                return true;
            }
            response.getHeaders().put(HttpHeader.PROXY_AUTHENTICATE, "Basic realm=\"test\"");
            return false;
        }

        @Override
        protected int read(EndPoint endPoint, ByteBuffer buffer, ConcurrentMap<String, Object> context)
                throws IOException {
            int read = super.read(endPoint, buffer, context);
            if (read > 0) {
                byte[] bytes = new byte[read];
                buffer.duplicate().get(buffer.limit() - read, bytes);
                synchronized (tunnelled) {
                    tunnelled.writeBytes(bytes);
                }
            }
            return read;
        }
    }
}
