package io.flaremail.api;

import io.flaremail.http.HttpCall;
import io.flaremail.http.HttpOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP exchange with the API, without its token. Immutable. */
public final class ApiExchange {
    /** The maximum length of a body to show, in characters. */
    private static final int LONGEST_BODY = 4000;

    /** More than is shown, so that a token at the end is complete and can be replaced. */
    private static final int LONGEST_READ = 16_000;

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9A-Fa-f]{4})|([\"\\\\/]))");

    private final HttpCall call;
    private final HttpOutcome outcome;
    private final Duration duration;

    private ApiExchange(HttpCall call, HttpOutcome outcome, Duration duration) {
        this.call = call;
        this.outcome = outcome;
        this.duration = duration;
    }

    static void tellRequest(ExchangeListener listener, HttpCall call) {
        try {
            listener.requested(call.method, call.uri, bodyOf(call));
        } catch (Throwable e) {
            // A failing log must not change the outcome.
        }
    }

    static void tellOutcome(ExchangeListener listener, HttpCall call, HttpOutcome outcome, long nanos) {
        try {
            listener.completed(new ApiExchange(call, outcome, Duration.ofNanos(nanos)));
        } catch (Throwable e) {
            // As above; the request has been sent.
        }
    }

    public String getMethod() {
        return call.method;
    }

    public URI getUri() {
        return call.uri;
    }

    /** The HTTP status, or 0 if there was no response. */
    public int getStatus() {
        return outcome.status;
    }

    /** The {@code cf-ray} header field, with which Cloudflare's support finds the request. */
    public Optional<String> getRay() {
        return Optional.ofNullable(outcome.ray);
    }

    /** The value of the response's {@code Date} field; empty if it is absent or not a date. */
    public Optional<Instant> getDate() {
        try {
            return Optional.ofNullable(outcome.date)
                    .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                    .map(Instant::from);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The time from the request to the end of the response; never null. */
    public Duration getDuration() {
        return duration;
    }

    /** The beginning of the response's body, as text; empty for none. */
    public String getBody() {
        return shown(outcome.body, call);
    }

    /** Why there is no complete response; empty for a complete one. */
    public Optional<IOException> getFailure() {
        return Optional.ofNullable(outcome.failure);
    }

    /** The {@code messages[]} of the response to a successful request; never null, may be empty. */
    public List<String> getMessages() {
        return ApiResponse.parse(outcome.body, call.redaction)
                .filter(ApiResponse::isSuccess)
                .map(ApiResponse::messages)
                .orElseGet(ArrayList::new);
    }

    /** The beginning of the request's body, as text; empty for none. */
    private static String bodyOf(HttpCall call) {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        try {
            if (call.body != null) {
                call.body.writeTo(new Beginning(start), () -> {});
            }
        } catch (IOException e) {
            // The beginning has been written.
        }
        return shown(start.toByteArray(), call);
    }

    private static String shown(byte[] body, HttpCall call) {
        String text = new String(body, StandardCharsets.UTF_8);
        boolean cut = body.length > LONGEST_READ;
        if (cut) {
            // A part of the token may be at the cut.
            text = text.substring(0, Math.max(0, text.length() - call.token.length()));
        }
        String unescaped = unescaped(text);
        // Before the next cut, which could leave a part of the token.
        String clean = (unescaped.contains(call.token) ? unescaped : text).replace(call.token, "[token]");
        boolean isLong = cut || clean.length() > LONGEST_BODY;
        return isLong ? clean.substring(0, Math.min(clean.length(), LONGEST_BODY)) + "..." : clean;
    }

    /** Without the escapes of JSON, RFC 8259 section 7, behind which a peer may hide the token. */
    private static String unescaped(String json) {
        StringBuffer text = new StringBuffer();
        Matcher escape = ESCAPE.matcher(json);
        while (escape.find()) {
            String c = escape.group(1) != null
                    ? String.valueOf((char) Integer.parseInt(escape.group(1), 16))
                    : escape.group(2);
            escape.appendReplacement(text, Matcher.quoteReplacement(c));
        }
        return escape.appendTail(text).toString();
    }

    /** Ends the writing of a long body with an exception. */
    private static final class Beginning extends OutputStream {
        private final ByteArrayOutputStream start;

        Beginning(ByteArrayOutputStream start) {
            this.start = start;
        }

        @Override
        public void write(int b) throws IOException {
            if (start.size() > LONGEST_READ) {
                throw new IOException("long enough");
            }
            start.write(b);
        }
    }
}
