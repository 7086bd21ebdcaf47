package io.flaremail.api;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
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
 * Sends one request and receives its answer, within the deadline. A peer that answers before it has read the whole
 * request, and then stops reading, is listened to: it says why.
 */
final class RequestThenAnswer extends HttpRequestExecutor {
    /** Hardly ever more than one; a flood of them would keep a processor busy until the deadline. */
    private static final int MOST_ANNOUNCED = 100;

    private static final Timeout LAST_WORDS = Timeout.ofSeconds(1);
    private static final String BEGUN = "flaremail.begun";

    /** Whether a connection was had, so that some of the request may have gone out. */
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
        Deadline deadline = Connecting.deadline(context);
        ((SilentConnection) connection).until(deadline);
        try {
            requireTime(deadline);
            if (!request.getMethod().equals("CONNECT")) { // that is to a proxy, before the request
                context.setAttribute(BEGUN, true);
            }
            if (send(request, connection)) {
                connection.flush();
            }
            return throughProxy(request, answer(request, connection));
        } catch (IOException | HttpException | RuntimeException failed) {
            connection.close(CloseMode.IMMEDIATE);
            throw failed;
        }
    }

    /**
     * What a proxy answers to CONNECT is no word of the API's: a 403 says nothing about the token, a success sent nothing.
     * A 407 goes to whoever has credentials.
     */
    private static ClassicHttpResponse throughProxy(ClassicHttpRequest request, ClassicHttpResponse answer)
            throws IOException {
        boolean goesOn =
                answer.getCode() == HttpStatus.SC_OK || answer.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED;
        if (!goesOn && Method.CONNECT.isSame(request.getMethod())) {
            throw new IOException("the proxy did not connect: HTTP " + answer.getCode());
        }
        return answer;
    }

    /** Begun too late, a request would get through, and nobody would stay for the answer. */
    private static void requireTime(Deadline deadline) throws SocketTimeoutException {
        if (deadline.isOver()) {
            throw new SocketTimeoutException("the deadline has passed");
        }
    }

    /** @return whether the request went out; if not, an answer to it is there already */
    private static boolean send(ClassicHttpRequest request, HttpClientConnection connection)
            throws IOException, HttpException {
        connection.sendRequestHeader(request);
        try {
            if (request.getEntity() != null) {
                connection.sendRequestEntity(request);
            }
            return true;
        } catch (MimeTextException ourOwn) {
            throw ourOwn;
        } catch (IOException cutShort) {
            ((SilentConnection) connection).spoil();
            if (!isAnswered(connection)) {
                throw cutShort;
            }
            return false;
        }
    }

    private static boolean isAnswered(HttpClientConnection connection) {
        try {
            return connection.isOpen() && connection.isDataAvailable(LAST_WORDS);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Answers below 200 announce the answer. */
    private static ClassicHttpResponse answer(ClassicHttpRequest request, HttpClientConnection connection)
            throws IOException, HttpException {
        ClassicHttpResponse response = connection.receiveResponseHeader();
        for (int announced = 1; response.getCode() < 200; announced++) {
            if (announced > MOST_ANNOUNCED) {
                throw new ProtocolException("more than " + MOST_ANNOUNCED + " answers below 200");
            }
            response = connection.receiveResponseHeader();
        }
        if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
            connection.receiveResponseEntity(response);
        }
        return response;
    }
}
