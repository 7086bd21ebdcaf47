package io.flaremail.api;

import io.flaremail.http.Deadline;
import io.flaremail.http.HttpCall;
import io.flaremail.http.HttpExchange;
import io.flaremail.http.HttpOutcome;
import io.flaremail.http.HttpSettings;
import io.flaremail.http.Redaction;
import io.flaremail.http.RequestBody;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes API requests: adds endpoint and token, and retries. A GET is retried after any transient failure; a request
 * that changes something only if it is known not to have been carried out.
 *
 * <p>Tests: CallTableTest, RetryTableTest, ErrorTableTest.
 */
final class ApiClient {
    /** In bytes. A bulk response has a thousand entries. */
    private static final int LONGEST_ANSWER = 1 << 20;
    /** In bytes. The result may be a message of up to 25 MiB, or a thousand suppressions. */
    private static final int LONGEST_DOCUMENT = 32 << 20;
    /** In bytes, four times the size of four lists with all addresses of a request. */
    private static final int LONGEST_SEND_ANSWER = 256 * 1024;

    private final URI endpoint;
    private final Supplier<String> token;
    private final HttpSettings settings;
    private final HttpExchange http;
    private final boolean shared;
    private final Duration responseTimeout;
    private final Duration deadline;
    private final RetryPolicy retries;
    private final ExchangeListener listener;

    /**
     * @param shared whether to share connections with all clients that have equal settings
     * @param responseTimeout for each read; zero disables it
     * @param deadline for one call with its retries; zero disables it
     */
    ApiClient(
            URI endpoint,
            Supplier<String> token,
            HttpSettings settings,
            boolean shared,
            Duration responseTimeout,
            Duration deadline,
            RetryPolicy retries,
            ExchangeListener listener) {
        this.endpoint = endpoint;
        this.token = token;
        this.settings = settings;
        this.http = shared ? HttpExchange.shared(settings) : new HttpExchange(settings);
        this.shared = shared;
        this.responseTimeout = responseTimeout;
        this.deadline = deadline;
        this.retries = retries;
        this.listener = listener;
    }

    /** The same with connections of its own, so that closing it ends only its own calls. */
    ApiClient separate() {
        return new ApiClient(endpoint, token, settings, false, responseTimeout, deadline, retries, listener);
    }

    ApiPath path() {
        return ApiPath.of(endpoint);
    }

    /** @throws IllegalStateException if there is no token, or it has invalid characters */
    String token() {
        String current = token.get();
        String alone = current == null ? "" : current.trim(); // files end with a line break
        if (!alone.matches("[!-~]+")) {
            throw new IllegalStateException(
                    alone.isEmpty()
                            ? "there is no API token: see CloudflareEmail.Builder.token"
                            : "the API token has a character that tokens cannot have; it is not shown here");
        }
        return alone;
    }

    Deadline deadline() {
        return Deadline.in(deadline);
    }

    /** Posts a message. Retries within the deadline, only if it was not sent. Returns failures as outcomes. */
    SendOutcome send(ApiPath path, String currentToken, RequestBody message, Deadline end) {
        AtomicReference<SendOutcome> refused = new AtomicReference<>();
        return retries.repeat(
                attempt -> {
                    HttpOutcome outcome = exchange("POST", path, currentToken, message, end, LONGEST_SEND_ANSWER);
                    return SendOutcome.orRefused(Verdict.ofSend(outcome, currentToken), refused)
                            .after(attempt);
                },
                SendOutcome::isRetryable,
                SendOutcome::getRetryAfter,
                end);
    }

    /** One page of a list. */
    ApiResponse list(ApiPath path) throws CloudflareApiException {
        return call("GET", path, null, ApiResponse::isList);
    }

    /** One object. */
    JsonValue get(ApiPath path) throws CloudflareApiException {
        return call("GET", path, null, ApiResponse::isObject).result();
    }

    /** One object, for polling: within the time left, but at least the response timeout. */
    JsonValue get(ApiPath path, Duration left) throws CloudflareApiException {
        Duration longest = left.compareTo(responseTimeout) > 0 ? left : responseTimeout;
        Deadline end = responseTimeout.isZero() ? deadline() : deadline().orIn(longest);
        return repeat("GET", path, null, end)
                .requireSuccess(false, ApiResponse::isObject)
                .result();
    }

    /** Makes one request with this token, and discards the result. */
    void probe(ApiPath path, String currentToken, Deadline end) throws CloudflareApiException {
        HttpOutcome outcome = exchange("GET", path, currentToken, null, end, LONGEST_SEND_ANSWER);
        Verdict.of(outcome, new Redaction(currentToken), Instant.now()).requireSuccess(false, any -> true);
    }

    /** @return the result, of any shape */
    JsonValue post(ApiPath path, Map<String, Object> body) throws CloudflareApiException {
        return call("POST", path, new JsonBody(body), any -> true).result();
    }

    /** As {@link #post}, but without retries: the caller retries. */
    JsonValue postOnce(ApiPath path, Map<String, Object> body) throws CloudflareApiException {
        return once(path, body, LONGEST_ANSWER)
                .requireSuccess(true, any -> true)
                .result();
    }

    /** As {@link #postOnce}, for an object that contains a batch of documents. */
    JsonValue pull(ApiPath path, Map<String, Object> body) throws CloudflareApiException {
        return once(path, body, LONGEST_DOCUMENT)
                .requireSuccess(true, ApiResponse::isObject)
                .result();
    }

    private Verdict once(ApiPath path, Map<String, Object> body, int longestAnswer) {
        return attempt("POST", path, token(), new JsonBody(body), deadline(), longestAnswer);
    }

    /** A POST that may be repeated, since the API then changes nothing more: it is retried as a GET is. */
    JsonValue repeatable(ApiPath path, Map<String, Object> body) throws CloudflareApiException {
        return repeat("POST", path, new JsonBody(body), deadline(), false, LONGEST_ANSWER)
                .requireSuccess(true, any -> true)
                .result();
    }

    /** @return the created object */
    JsonValue create(ApiPath path, Map<String, Object> body) throws CloudflareApiException {
        return call("POST", path, new JsonBody(body), ApiResponse::isObject).result();
    }

    /** A PATCH or PUT. Returns the object after the change. */
    JsonValue change(String method, ApiPath path, Map<String, Object> body) throws CloudflareApiException {
        return call(method, path, new JsonBody(body), ApiResponse::isObject).result();
    }

    void delete(ApiPath path) throws CloudflareApiException {
        call("DELETE", path, null, any -> true);
    }

    /** As {@link #repeatable}, for a response that is not in the API's envelope. */
    byte[] query(ApiPath path, Map<String, Object> body) throws CloudflareApiException {
        return repeat("POST", path, new JsonBody(body), deadline(), false, LONGEST_DOCUMENT)
                .requireBody();
    }

    /** A response body that is not JSON, such as a message. */
    byte[] bytes(ApiPath path) throws CloudflareApiException {
        return repeat("GET", path, null, deadline()).requireBody();
    }

    private ApiResponse call(String method, ApiPath path, RequestBody body, Predicate<ApiResponse> shape)
            throws CloudflareApiException {
        return repeat(method, path, body, deadline()).requireSuccess(changes(method), shape);
    }

    private Verdict repeat(String method, ApiPath path, RequestBody body, Deadline end) {
        return repeat(method, path, body, end, changes(method), changes(method) ? LONGEST_ANSWER : LONGEST_DOCUMENT);
    }

    /** @param changes whether a repetition could do the same twice */
    private Verdict repeat(
            String method, ApiPath path, RequestBody body, Deadline end, boolean changes, int longestAnswer) {
        String currentToken = token();
        return retries.repeat(
                attempt -> attempt(method, path, currentToken, body, end, longestAnswer),
                verdict -> verdict.isRepeatable(changes),
                Verdict::retryAfter,
                end);
    }

    /** Throws an Error only after a GET, or if the change was not made: otherwise it would hide the change. */
    private Verdict attempt(
            String method, ApiPath path, String currentToken, RequestBody body, Deadline end, int longestAnswer) {
        boolean changes = changes(method);
        HttpOutcome outcome = exchange(method, path, currentToken, body, end, longestAnswer);
        if (outcome.error() != null && !(changes && outcome.mayHaveArrived())) {
            throw outcome.error();
        }
        return Verdict.of(outcome, new Redaction(currentToken), Instant.now());
    }

    private static boolean changes(String method) {
        return !method.equals("GET");
    }

    /** Makes one exchange, also on an interrupted thread, on which HttpClient would not begin one. */
    HttpOutcome exchange(
            String method, ApiPath path, String currentToken, RequestBody body, Deadline end, int longestAnswer) {
        HttpCall call = new HttpCall(method, path.uri(), currentToken, body, responseTimeout, end, longestAnswer);
        if (listener != null) {
            ApiExchange.tellRequest(listener, call);
        }
        long start = System.nanoTime();
        boolean interrupted = Thread.interrupted();
        try {
            HttpOutcome outcome = http.execute(call);
            if (listener != null) {
                ApiExchange.tellOutcome(listener, call, outcome, System.nanoTime() - start);
            }
            return outcome;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does not throw. Leaves shared connections open. */
    void close() {
        if (!shared) {
            http.close();
        }
    }
}
