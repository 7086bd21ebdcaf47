package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The administrative calls: everything but sending. A GET may be repeated whatever went wrong; what changes something is
 * repeated only when the request is known not to have been carried out.
 */
final class ApiCalls {
    private final CloudflareEmail client;

    ApiCalls(CloudflareEmail client) {
        this.client = client;
    }

    ApiPath path() {
        return client.path();
    }

    ApiEnvelope get(ApiPath path) throws CloudflareApiException {
        return call("GET", path, null);
    }

    ApiEnvelope post(ApiPath path, JsonNode body) throws CloudflareApiException {
        return call("POST", path, new JsonBody(body));
    }

    ApiEnvelope patch(ApiPath path, JsonNode body) throws CloudflareApiException {
        return call("PATCH", path, new JsonBody(body));
    }

    ApiEnvelope delete(ApiPath path) throws CloudflareApiException {
        return call("DELETE", path, null);
    }

    /** An answer that is not JSON, such as a message. */
    byte[] bytes(ApiPath path) throws CloudflareApiException {
        HttpReply reply = repeat("GET", path, null);
        CloudflareApiException.requireAnswer(reply, new Redaction(client.token()));
        return reply.body;
    }

    private ApiEnvelope call(String method, ApiPath path, RequestBody body) throws CloudflareApiException {
        Redaction redaction = new Redaction(client.token());
        return CloudflareApiException.requireSuccess(repeat(method, path, body), redaction);
    }

    private HttpReply repeat(String method, ApiPath path, RequestBody body) {
        Deadline deadline = client.deadline();
        for (int attempt = 1; ; attempt++) {
            HttpReply reply = client.exchange(method, path, client.token(), body, deadline);
            boolean repeatable = isRepeatable(method, reply);
            Optional<Duration> after =
                    RetryAfter.parse(reply.retryAfter, Clock.systemUTC().instant());
            Optional<Duration> wait = client.retries().next(repeatable, after, attempt, deadline.left());
            if (!wait.isPresent() || !Pause.sleep(wait.get())) {
                return reply;
            }
        }
    }

    private static boolean isRepeatable(String method, HttpReply reply) {
        boolean overloaded = reply.status == 429 || reply.status == 503;
        boolean safe = method.equals("GET") && (reply.status >= 500 || !reply.isAnswered());
        return overloaded || safe || !reply.isAnswered() && !reply.requestMayBeWhole;
    }
}
