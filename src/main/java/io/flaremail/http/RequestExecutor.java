package io.flaremail.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one request and receives its response, within the deadline. If the peer responds before it has read the whole
 * request, and then stops reading, its response is still read: it has the reason.
 *
 * <p>Tests: UploadTimeoutTest, DeadlineTest, ProxyTest.
 */
final class RequestExecutor extends HttpRequestExecutor {
    /** The maximum number of 1xx responses: a flood would keep a processor busy until the deadline. */
    private static final int MOST_ANNOUNCED = 100;

    private static final Timeout EARLY_RESPONSE_WAIT = Timeout.ofSeconds(1);
    private static final String BEGUN = "flaremail.begun";
    private static final String CALL = "flaremail.call";

    /** Sets the call of the exchange that runs in this context. */
    static void begin(HttpCall call, HttpContext context) {
        context.setAttribute(CALL, call);
    }

    /** The call of this context; null if there is none. */
    static HttpCall call(HttpContext context) {
        Object call = context.getAttribute(CALL);
        return call instanceof HttpCall ? (HttpCall) call : null;
    }

    static Deadline deadline(HttpContext context) {
        HttpCall call = call(context);
        return call == null ? Deadline.NONE : call.deadline;
    }

    /** Whether a connection was obtained, so that part of the request may have been sent. */
    static boolean isBegun(HttpContext context) {
        return context.getAttribute(BEGUN) != null;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback information,
            HttpContext context)
            throws IOException, HttpException {
        Deadline deadline = deadline(context);
        ((PooledConnection) connection).until(deadline);
        try {
            requireTime(deadline);
            boolean toProxy = Method.CONNECT.isSame(request.getMethod()); // before the request itself
            if (!toProxy) {
                context.setAttribute(BEGUN, true);
            }
            send(request, connection, deadline);
            if (!toProxy && call(context) != null) {
                ((PooledConnection) connection).until(call(context).answerDeadline());
            }
            return throughProxy(request, answer(request, connection));
        } catch (IOException | HttpException | RuntimeException e) {
            connection.close(CloseMode.IMMEDIATE);
            throw e;
        }
    }

    /**
     * A proxy's response to CONNECT does not come from the API: a 403 is not about the token, and a success has not
     * sent the message. A 407 is passed on, for proxy authentication.
     */
    private static ClassicHttpResponse throughProxy(ClassicHttpRequest request, ClassicHttpResponse answer)
            throws IOException {
        boolean isPassedOn =
                answer.getCode() == HttpStatus.SC_OK || answer.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED;
        if (!isPassedOn && Method.CONNECT.isSame(request.getMethod())) {
            throw new IOException("the proxy did not connect: HTTP " + answer.getCode());
        }
        return answer;
    }

    /** Throws if the deadline has passed. */
    private static void requireTime(Deadline deadline) throws SocketTimeoutException {
        if (deadline.isOver()) {
            throw new SocketTimeoutException("the deadline has passed");
        }
    }

    /** Sends the request, or as much of it as the peer reads before it responds. */
    private static void send(ClassicHttpRequest request, HttpClientConnection connection, Deadline deadline)
            throws IOException, HttpException {
        connection.sendRequestHeader(request);
        HttpEntity entity = request.getEntity();
        UploadTimeout watch = UploadTimeout.over((PooledConnection) connection, entity, deadline);
        try {
            if (entity != null) {
                connection.sendRequestEntity(request);
            }
            connection.flush();
        } catch (RequestBodyException e) {
            throw e;
        } catch (IOException e) {
            ((PooledConnection) connection).spoil();
            if (!isAnswered(connection)) {
                throw e;
            }
        } finally {
            watch.end();
        }
    }

    private static boolean isAnswered(HttpClientConnection connection) {
        try {
            return connection.isOpen() && connection.isDataAvailable(EARLY_RESPONSE_WAIT);
        } catch (IOException e) {
            return false;
        }
    }

    /** Receives the final response, after any responses below 200. */
    private static ClassicHttpResponse answer(ClassicHttpRequest request, HttpClientConnection connection)
            throws IOException, HttpException {
        ClassicHttpResponse response = connection.receiveResponseHeader();
        for (int announced = 1; response.getCode() < 200; announced++) {
            if (announced > MOST_ANNOUNCED) {
                throw new ProtocolException("more than " + MOST_ANNOUNCED + " responses below 200");
            }
            response = connection.receiveResponseHeader();
        }
        if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
            connection.receiveResponseEntity(response);
        }
        return response;
    }

    /**
     * Ends an upload at its deadline. Writing to a peer that has stopped reading blocks without limit, regardless of
     * the read timeout; only another thread can end it. That thread exists while a body larger than the socket's buffer
     * is being written, so there are at most as many as connections.
     */
    private static final class UploadTimeout {
        /** In bytes; every socket buffer holds this much. */
        private static final long SMALLEST_BUFFER = 16 * 1024;

        private final CountDownLatch over = new CountDownLatch(1);

        private UploadTimeout() {}

        /**
         * Starts the timeout.
         *
         * @param entity the body to be written, or null
         */
        static UploadTimeout over(PooledConnection connection, HttpEntity entity, Deadline deadline)
                throws IOException {
            UploadTimeout watch = new UploadTimeout();
            if (entity != null && deadline.isBounded() && mayBlock(entity.getContentLength(), connection.getSocket())) {
                Thread thread = new Thread(() -> watch.run(deadline, connection), "flaremail-upload-watch");
                thread.setDaemon(true);
                thread.start();
            }
            return watch;
        }

        /** The kernel counts its own bookkeeping as a part of the buffer, up to half of it. */
        private static boolean mayBlock(long length, Socket socket) throws IOException {
            return length > SMALLEST_BUFFER && (socket == null || length > socket.getSendBufferSize() / 2);
        }

        private void run(Deadline deadline, PooledConnection connection) {
            try {
                if (!over.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                    connection.close(CloseMode.IMMEDIATE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** The upload has ended, successfully or not. */
        void end() {
            over.countDown();
        }
    }
}
