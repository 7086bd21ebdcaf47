package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Adds many suppressions, a thousand to a request, no faster than the API allows: ten such requests a minute for an
 * account. Not thread-safe.
 *
 * <pre>{@code
 * SuppressionImport work = suppressions.startImport(all);
 * while (!work.isDone()) {
 *     Thread.sleep(work.getWait().toMillis());
 *     work.addNext();
 * }
 * }</pre>
 *
 * A request that the API did not answer, or was too busy for, is made again: to add an address twice does no harm. After
 * {@value #MOST_FAILURES} failures in a row {@link #addNext()} throws; what was done by then stays done, and
 * {@link #getDone()} says how much that is.
 *
 * <p>Tests: SuppressionImportTest.
 */
public final class SuppressionImport {
    /** How many suppressions the API takes in one request. */
    static final int BATCH = 1000;

    /** How many requests the API takes in {@link #WINDOW}. */
    static final int MOST_REQUESTS = 10;

    /** A minute, and a little more: our clock and the API's do not run alike. */
    static final Duration WINDOW = Duration.ofSeconds(61);

    static final int MOST_FAILURES = 5;

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);

    private final ApiCalls api;
    private final ApiPath bulk;
    private final List<NewSuppression> all;
    private final LongSupplier nanoTime;
    private final List<RejectedSuppression> rejected = new ArrayList<>();

    /** When the last requests were over. */
    private final Deque<Long> requests = new ArrayDeque<>();

    private int done;
    private int failures;
    private long notBefore;

    SuppressionImport(ApiCalls api, ApiPath bulk, Collection<NewSuppression> all, LongSupplier nanoTime) {
        this.api = api;
        this.bulk = bulk;
        this.all = new ArrayList<>(Objects.requireNonNull(all, "all"));
        this.all.forEach(each -> Objects.requireNonNull(each, "all: one is null"));
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.notBefore = nanoTime.getAsLong();
    }

    /** How many there are to add. */
    public int getTotal() {
        return all.size();
    }

    /** How many have been dealt with, from the first on: added, or rejected by the API. */
    public int getDone() {
        return done;
    }

    /** Whether all have been dealt with. */
    public boolean isDone() {
        return done == all.size();
    }

    /** Those that the API did not add so far, and why; never null. */
    public List<RejectedSuppression> getRejected() {
        return Collections.unmodifiableList(rejected);
    }

    /** How long to wait before {@link #addNext()}; zero for not at all. */
    public Duration getWait() {
        long now = nanoTime.getAsLong();
        long wait = notBefore - now;
        if (requests.size() >= MOST_REQUESTS) {
            wait = Math.max(wait, requests.getFirst() + WINDOW.toNanos() - now);
        }
        return Duration.ofNanos(Math.max(0, wait));
    }

    /**
     * Makes the next request, without waiting. When it fails it will be made again, after {@link #getWait()}.
     *
     * @throws CloudflareApiException when it must not be made again, or has failed too often
     */
    public void addNext() throws CloudflareApiException {
        if (isDone()) {
            return;
        }
        List<NewSuppression> batch = all.subList(done, Math.min(done + BATCH, all.size()));
        try {
            rejected.addAll(post(batch));
            done += batch.size();
            failures = 0;
        } catch (CloudflareApiException failure) {
            retryLater(failure);
        } finally {
            requests.addLast(nanoTime.getAsLong());
            if (requests.size() > MOST_REQUESTS) {
                requests.removeFirst();
            }
        }
    }

    private void retryLater(CloudflareApiException failure) throws CloudflareApiException {
        failures++;
        if (!failure.isRetryable() || failures > MOST_FAILURES) {
            failures = 0;
            throw failure;
        }
        Duration own = failure.getStatus() == 429 ? WINDOW : FIRST_BACKOFF.multipliedBy(1L << (failures - 1));
        Optional<Duration> asked = failure.getRetryAfter();
        if (asked.isPresent() && asked.get().compareTo(WINDOW) > 0) {
            throw failure; // who asks for that is better told so than kept waiting
        }
        notBefore = nanoTime.getAsLong() + asked.orElse(own).toNanos();
    }

    private List<RejectedSuppression> post(List<NewSuppression> batch) throws CloudflareApiException {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        batch.forEach(each -> items.add(each.json()));
        List<RejectedSuppression> notAdded = new ArrayList<>();
        for (JsonNode item : Json.objects(api.postOnce(bulk, body).path("items"))) {
            if (!Json.text(item, "status").orElse("").equals("processed")) {
                notAdded.add(new RejectedSuppression(item, done, batch.size()));
            }
        }
        return notAdded;
    }
}
