package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * The administrative calls: everything but sending. A GET may be repeated whatever went wrong; what changes something is
 * repeated only when the request is known not to have been carried out.
 */
final class ApiCalls {
    /** A bulk answer has a thousand entries. */
    private static final int LONGEST_ANSWER = 1 << 20;

    /** What is asked for may be a message, of 25 MiB at most, or a thousand suppressions. */
    private static final int LONGEST_DOCUMENT = 32 << 20;

    private final CloudflareEmail client;

    ApiCalls(CloudflareEmail client) {
        this.client = client;
    }

    ApiPath path() {
        return client.path();
    }

    /** One page of a list. */
    ApiEnvelope list(ApiPath path) throws CloudflareApiException {
        return call("GET", path, null, ApiEnvelope::isList);
    }

    /** One object. */
    JsonNode get(ApiPath path) throws CloudflareApiException {
        return call("GET", path, null, ApiEnvelope::isObject).result();
    }

    /** The same for one look of many: within the time that is left, though long enough for an answer. */
    JsonNode get(ApiPath path, Duration left) throws CloudflareApiException {
        Duration answer = client.responseTimeout();
        Deadline whole = client.deadline();
        Deadline deadline = answer.isZero() ? whole : whole.orIn(left.compareTo(answer) > 0 ? left : answer);
        return repeat("GET", path, null, deadline)
                .requireSuccess(ApiEnvelope::isObject)
                .result();
    }

    /** @return the result, of whatever shape */
    JsonNode post(ApiPath path, JsonNode body) throws CloudflareApiException {
        return call("POST", path, new JsonBody(body), any -> true).result();
    }

    /** As {@link #post}, but made once: whoever calls repeats it. */
    JsonNode postOnce(ApiPath path, JsonNode body) throws CloudflareApiException {
        return attempt("POST", path, client.token(), new JsonBody(body), client.deadline())
                .requireSuccess(any -> true)
                .result();
    }

    /** @return the object that was made */
    JsonNode create(ApiPath path, JsonNode body) throws CloudflareApiException {
        return call("POST", path, new JsonBody(body), ApiEnvelope::isObject).result();
    }

    /** @return the object as it is now */
    JsonNode patch(ApiPath path, JsonNode body) throws CloudflareApiException {
        return call("PATCH", path, new JsonBody(body), ApiEnvelope::isObject).result();
    }

    void delete(ApiPath path) throws CloudflareApiException {
        call("DELETE", path, null, any -> true);
    }

    /** An answer that is not JSON, such as a message. */
    byte[] bytes(ApiPath path) throws CloudflareApiException {
        ApiAnswer answer = repeat("GET", path, null, client.deadline());
        if (!answer.isWhole() || answer.isFailure() || answer.body().length == 0) {
            throw answer.exception();
        }
        return answer.body();
    }

    private ApiEnvelope call(String method, ApiPath path, RequestBody body, Predicate<ApiEnvelope> shape)
            throws CloudflareApiException {
        return repeat(method, path, body, client.deadline()).requireSuccess(shape);
    }

    private ApiAnswer repeat(String method, ApiPath path, RequestBody body, Deadline deadline) {
        String token = client.token();
        return client.retries()
                .repeat(
                        attempt -> attempt(method, path, token, body, deadline),
                        ApiAnswer::isRepeatable,
                        ApiAnswer::retryAfter,
                        deadline);
    }

    /** An Error goes to the caller where it hides nothing: of a look-up, or of a change that was not made. */
    private ApiAnswer attempt(String method, ApiPath path, String token, RequestBody body, Deadline deadline) {
        boolean changes = !method.equals("GET");
        HttpReply reply =
                client.exchange(method, path, token, body, deadline, changes ? LONGEST_ANSWER : LONGEST_DOCUMENT);
        if (reply.error() != null && !(changes && reply.mayHaveArrived())) {
            throw reply.error();
        }
        return new ApiAnswer(method, reply, new Redaction(token), Instant.now());
    }
}
