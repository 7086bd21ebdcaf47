package io.flaremail.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** HTTP/1.1 over TLS: takes every message at once and forgets it, and answers as Cloudflare or as Amazon SES does. */
final class HttpServer extends Handler.Abstract {
    private static final byte[] CLOUDFLARE =
            bytes("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"delivered\":[],\"queued\":[],"
                    + "\"permanent_bounces\":[],\"message_id\":\"<1@example.com>\"}}");
    private static final byte[] AMAZON =
            bytes("<SendRawEmailResponse xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\">"
                    + "<SendRawEmailResult><MessageId>1</MessageId></SendRawEmailResult>"
                    + "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></SendRawEmailResponse>");

    private HttpServer() {}

    /** @return its port */
    static int start(SSLContext tls, int idleMillis) throws Exception {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls);
        HttpConnectionFactory http = new HttpConnectionFactory();
        SslConnectionFactory secured = new SslConnectionFactory(ssl, http.getProtocol());
        secured.setEnsureSecureRequestCustomizer(false);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1, secured, http);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(idleMillis);
        connector.setAcceptQueueSize(512);
        server.addConnector(connector);
        server.setHandler(new HttpServer());
        server.start();
        return connector.getLocalPort();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        byte[] answer = request.getHttpURI().getPath().endsWith("/send_raw") ? CLOUDFLARE : AMAZON;
        response.getHeaders().put("Content-Type", answer == AMAZON ? "text/xml" : "application/json");
        response.getHeaders().put("Content-Length", answer.length);
        Content.Source.consumeAll(
                request,
                Callback.from(() -> response.write(true, ByteBuffer.wrap(answer), callback), callback::failed));
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
