package io.flaremail.sandbox;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The client's end of an exchange: answers it, or breaks it in one of several ways. Each exchange ends with one call. */
final class Wire {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final String ray;

    Wire(Request request, Response response, Callback callback, String ray) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.ray = ray;
    }

    static String newRay() {
        return SandboxBuilder.random(16, "0123456789abcdef") + "-SBX";
    }

    String ray() {
        return ray;
    }

    void send(Answer answer) {
        start(answer);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private void start(Answer answer) {
        response.setStatus(answer.status());
        response.getHeaders().put("cf-ray", ray);
        response.getHeaders().put("Content-Length", answer.body().length);
        answer.headers().forEach(response.getHeaders()::put);
    }

    /** Announces the whole body, sends its beginning, and closes. */
    void truncate(Answer answer, int bytes) throws IOException {
        start(answer);
        Content.Sink.write(response, false, ByteBuffer.wrap(Arrays.copyOf(answer.body(), bytes)));
        hangUp();
    }

    /** Sends the body byte by byte, a pause before each. */
    void drip(Answer answer, Duration perByte, Ledger ledger) throws IOException, InterruptedException {
        start(answer);
        Content.Sink.write(response, false, ByteBuffer.allocate(0));
        for (byte next : answer.body()) {
            if (!ledger.pause(perByte)) {
                hangUp();
                return;
            }
            Content.Sink.write(response, false, ByteBuffer.wrap(new byte[] {next}));
        }
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    /** Closes in good order: after what was sent, the client reads the end of the stream. */
    void hangUp() {
        endPoint().close();
        callback.failed(new EofException("hung up"));
    }

    /** Closes with a TCP RST: the client reads "connection reset". */
    void reset() throws IOException {
        // A lingering time of 0 makes close() send RST instead of FIN, and drop what was not sent yet.
        socket().setOption(StandardSocketOptions.SO_LINGER, 0);
        hangUp();
    }

    /** The client went away while it was being answered. */
    void lost(IOException e) {
        callback.failed(e);
    }

    private EndPoint endPoint() {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    private SocketChannel socket() {
        Object transport = endPoint().getTransport();
        while (transport instanceof EndPoint beneath) {
            transport = beneath.getTransport();
        }
        return (SocketChannel) transport;
    }
}
