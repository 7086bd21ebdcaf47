package io.flaremail.cli;

import io.flaremail.api.ApiExchange;
import io.flaremail.api.ExchangeListener;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The HTTP exchanges of one command: shown with {@code --debug}, and the API's own remarks in any case. */
final class ApiLog implements ExchangeListener {
    private final Page page;
    private final boolean debug;
    private final ProcessEnvironment.Time time;
    private Duration clockError;

    ApiLog(Page page, boolean debug, ProcessEnvironment.Time time) {
        this.time = time;
        this.page = page;
        this.debug = debug;
    }

    @Override
    public void requested(String method, URI uri, String body) {
        if (debug) {
            page.note("> " + method + " " + uri);
            body(">", body);
        }
    }

    @Override
    public void completed(ApiExchange exchange) {
        Instant now = time.now();
        exchange.getDate().ifPresent(date -> clockError = Duration.between(date, now));
        if (debug) {
            response(exchange);
        }
        if (!exchange.getMethod().equals("GET")) {
            exchange.getMessages().forEach(message -> page.note("Cloudflare: " + message));
        }
    }

    private void response(ApiExchange exchange) {
        String time = " in " + exchange.getDuration().toMillis() + " ms";
        String status = exchange.getStatus() == 0 ? "no response" : "HTTP " + exchange.getStatus();
        page.note("< " + status + time
                + exchange.getRay().map(ray -> ", ray " + ray).orElse("")
                + exchange.getFailure().map(e -> ": " + e.getMessage()).orElse(""));
        body("<", exchange.getBody());
    }

    private void body(String mark, String body) {
        if (!body.isEmpty()) {
            page.note(mark + " " + body);
        }
    }

    /** How far the clock of this machine is ahead of the API's; negative if it is behind. Empty before a response. */
    Optional<Duration> clockError() {
        return Optional.ofNullable(clockError);
    }
}
