package io.flaremail.sandbox;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Dresses what the HTTP server itself refuses, a bad request line or a header too long, in the API's envelope. */
final class ProtocolErrorHandler extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int status = response.getStatus();
        ApiError error = status < 500 ? ApiError.INVALID_REQUEST_SCHEMA : ApiError.INTERNAL_SERVER;
        Answer answer = Answer.error(status, error.code(), error.message(), "HTTP status " + status);
        new Wire(request, response, callback, Wire.newRay()).send(answer);
        return true;
    }
}
