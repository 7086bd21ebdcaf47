package io.flaremail.api;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Goes from page to page until the API gives no cursor any more; an empty page is not the end.
 *
 * <p>Tests: PagingTest.
 */
final class SuppressionPages implements Iterator<Suppression> {
    /** How many empty pages may come with a cursor that was there before. */
    private static final int IDLE_AT_MOST = 10;

    /** How many pages in a row may be empty: reading them all takes the API's limit of requests for five minutes. */
    private static final int EMPTY_AT_MOST = 1000;

    private final ApiClient api;
    private final ApiPath first;
    private final Queue<Suppression> page = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private Optional<String> cursor = Optional.empty();
    private int idle;
    private int empty;
    private boolean last;

    SuppressionPages(ApiClient api, ApiPath first) {
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
            ApiResponse answer = api.list(first.query("cursor", cursor));
            answer.objects().forEach(json -> page.add(new Suppression(json)));
            cursor = next(answer);
            last = !cursor.isPresent();
            requireProgress();
        } catch (CloudflareApiException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** A list that is cut short in silence would be worse than none; one that goes round never ends. */
    private void requireProgress() throws CloudflareApiException {
        empty = page.isEmpty() ? empty + 1 : 0;
        if (!last && empty >= EMPTY_AT_MOST) {
            throw CloudflareApiException.strange(
                    "Cloudflare's list of suppressions does not end: " + empty + " empty pages in a row");
        }
        if (!last && !seen.add(cursor.get()) && (!page.isEmpty() || ++idle > IDLE_AT_MOST)) {
            page.clear();
            throw CloudflareApiException.strange("Cloudflare's list of suppressions goes round in a circle");
        }
    }

    private static Optional<String> next(ApiResponse answer) {
        Optional<String> next = cursor(answer, "next_cursor");
        return next.isPresent() ? next : cursor(answer, "cursor");
    }

    private static Optional<String> cursor(ApiResponse answer, String name) {
        return answer.resultInfo().text(name).filter(cursor -> !cursor.isEmpty());
    }
}
