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
 * Reads pages until the API returns no cursor. An empty page is not the end.
 *
 * <p>Tests: PagingTest.
 */
final class SuppressionPages implements Iterator<Suppression> {
    /** The maximum number of empty pages with a repeated cursor. */
    private static final int IDLE_AT_MOST = 10;

    /** The maximum number of consecutive empty pages. They use up the API's request limit of five minutes. */
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

    /** Throws rather than truncate the list silently, or repeat the same pages without end. */
    private void requireProgress() throws CloudflareApiException {
        empty = page.isEmpty() ? empty + 1 : 0;
        if (!last && empty >= EMPTY_AT_MOST) {
            throw CloudflareApiException.strange(
                    "Cloudflare's list of suppressions does not end: " + empty + " empty pages in a row");
        }
        if (!last && !seen.add(cursor.get()) && (!page.isEmpty() || ++idle > IDLE_AT_MOST)) {
            page.clear();
            throw CloudflareApiException.strange("Cloudflare's list of suppressions repeats its pages");
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
