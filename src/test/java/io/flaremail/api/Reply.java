package io.flaremail.api;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One line of an {@link ApiPeer}'s script: an answer, or a way to end without one. The request has been read. */
record Reply(Ending ending, int status, Map<String, String> headers, byte[] body) {
    static final String RAY = "8f00ba4-FRA";

    private enum Ending {
        PROPER,
        /** In the middle of the body. */
        CUT,
        /** TCP RST. */
        RESET,
        /** TCP FIN. */
        HANG_UP
    }

    static Reply of(int status, String body) {
        return of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply of(int status, byte[] body) {
        return new Reply(Ending.PROPER, status, Map.of("cf-ray", RAY), body);
    }

    static Reply ok(String result) {
        return of(200, "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":" + result + "}");
    }

    static Reply ok(String result, String resultInfo) {
        return of(200, "{\"success\":true,\"result\":" + result + ",\"result_info\":" + resultInfo + "}");
    }

    /** A failure's envelope around these errors. */
    static Reply failure(int status, String errors) {
        return of(status, "{\"success\":false,\"errors\":[" + errors + "],\"messages\":[\"text\"],\"result\":null}");
    }

    static Reply error(int status, int code, String message) {
        return failure(status, "{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    static Reply html(int status) {
        return of(status, "<html><body><h1>" + status + " Bad Gateway</h1></body></html>")
                .header("Content-Type", "text/html");
    }

    static Reply reset() {
        return new Reply(Ending.RESET, 0, Map.of(), new byte[0]);
    }

    static Reply hangUp() {
        return new Reply(Ending.HANG_UP, 0, Map.of(), new byte[0]);
    }

    /** The same, broken off after half of the body. */
    Reply cut() {
        return new Reply(Ending.CUT, status, headers, body);
    }

    Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(ending, status, more, body);
    }

    void play(Request request, Response response, Callback callback) throws IOException {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        if (status != 0) {
            response.setStatus(status);
            response.getHeaders().put("Content-Type", "application/json");
            response.getHeaders().put("Content-Length", body.length);
            headers.forEach(response.getHeaders()::put);
        }
        switch (ending) {
            case PROPER -> response.write(true, ByteBuffer.wrap(body), callback);
            case CUT -> {
                Content.Sink.write(response, false, ByteBuffer.wrap(body, 0, body.length / 2));
                close(connection, callback);
            }
            case RESET -> {
                // A lingering time of 0 makes close() send RST instead of FIN.
                ((SocketChannel) connection.getTransport()).setOption(StandardSocketOptions.SO_LINGER, 0);
                close(connection, callback);
            }
            case HANG_UP -> close(connection, callback);
        }
    }

    private static void close(EndPoint connection, Callback callback) {
        connection.close();
        callback.failed(new EofException("closed by the script"));
    }
}
