package io.flaremail.api;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/** Goes from page to page until the API gives no cursor any more; an empty page is not the end. */
final class SuppressionPages implements Iterator<Suppression> {
    private final ApiCalls api;
    private final ApiPath first;
    private final Queue<Suppression> page = new ArrayDeque<>();
    private Optional<String> cursor = Optional.empty();
    private boolean last;

    SuppressionPages(ApiCalls api, ApiPath first) {
        this.api = api;
        this.first = first;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !last) {
            read();
        }
        return !page.isEmpty();
    }

    @Override
    public Suppression next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more suppressions");
        }
        return page.remove();
    }

    private void read() {
        try {
            ApiEnvelope answer = api.get(first.query("cursor", cursor));
            answer.result().forEach(json -> page.add(new Suppression(json)));
            Optional<String> next = next(answer);
            last = !next.isPresent() || next.equals(cursor);
            cursor = next;
        } catch (CloudflareApiException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }

    private static Optional<String> next(ApiEnvelope answer) {
        Optional<String> next = Json.text(answer.resultInfo(), "next_cursor");
        return next.isPresent() ? next : Json.text(answer.resultInfo(), "cursor");
    }
}
