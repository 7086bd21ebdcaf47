package io.flaremail.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Adds many suppressions: 1,000 per request, and at most 10 requests a minute, the API's limit for an account. Not
 * thread-safe.
 *
 * <pre>{@code
 * SuppressionImport work = suppressions.startImport(all);
 * while (!work.isDone()) {
 *     Thread.sleep(work.getWait().toMillis());
 *     work.addNext();
 * }
 * }</pre>
 *
 * Failed requests are retried if a later try may succeed; adding an address twice is harmless. After
 * {@value #MOST_FAILURES} consecutive retries {@link #addNext()} throws. {@link #getDone()} then tells how many
 * suppressions were processed, and the import can be resumed.
 *
 * <p>Tests: SuppressionImportTest.
 */
public final class SuppressionImport {
    /** The maximum number of suppressions in one request. */
    static final int BATCH = 1000;

    /** The maximum number of requests in {@link #WINDOW}. */
    static final int MOST_REQUESTS = 10;

    /** A minute, plus a margin for clock differences. */
    static final Duration WINDOW = Duration.ofSeconds(61);

    static final int MOST_FAILURES = 5;

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);

    private final ApiClient api;
    private final ApiPath bulk;
    private final List<NewSuppression> all;
    private final LongSupplier nanoTime;
    private final List<RejectedSuppression> rejected = new ArrayList<>();

    /** When each of the last requests ended. */
    private final Deque<Long> requests = new ArrayDeque<>();

    private int done;
    private int failures;

    /** Null after a success. */
    private CloudflareApiException failure;

    private long notBefore;

    SuppressionImport(ApiClient api, ApiPath bulk, Collection<NewSuppression> all, LongSupplier nanoTime) {
        this.api = api;
        this.bulk = bulk;
        this.all = new ArrayList<>(Objects.requireNonNull(all, "all"));
        this.all.forEach(each -> Objects.requireNonNull(each, "all: one is null"));
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.notBefore = nanoTime.getAsLong();
    }

    /** The number of suppressions to add. */
    public int getTotal() {
        return all.size();
    }

    /** The number processed so far, in order: added, or rejected by the API. */
    public int getDone() {
        return done;
    }

    /** Whether all were processed. */
    public boolean isDone() {
        return done == all.size();
    }

    /** The suppressions the API rejected so far, and why; never null. */
    public List<RejectedSuppression> getRejected() {
        return Collections.unmodifiableList(rejected);
    }

    /** The failure that the next {@link #addNext()} retries; empty after a success. */
    public Optional<CloudflareApiException> getFailure() {
        return Optional.ofNullable(failure);
    }

    /** How long to wait before the next {@link #addNext()}; zero if it may be called at once. */
    public Duration getWait() {
        long now = nanoTime.getAsLong();
        long wait = notBefore - now;
        if (requests.size() >= MOST_REQUESTS) {
            wait = Math.max(wait, requests.getFirst() + WINDOW.toNanos() - now);
        }
        return Duration.ofNanos(Math.max(0, wait));
    }

    /**
     * Makes the next request, without waiting. If it fails and may be retried, the next call retries it; check
     * {@link #getWait()} first.
     *
     * @throws CloudflareApiException if the request cannot be retried, or failed too often
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
            failure = null;
        } catch (CloudflareApiException e) {
            failure = e;
            retryLater();
        } finally {
            requests.addLast(nanoTime.getAsLong());
            if (requests.size() > MOST_REQUESTS) {
                requests.removeFirst();
            }
        }
    }

    private void retryLater() throws CloudflareApiException {
        failures++;
        if (!failure.isRetryable() || failures > MOST_FAILURES) {
            failures = 0;
            throw failure;
        }
        Duration own = failure.getStatus() == 429 ? WINDOW : FIRST_BACKOFF.multipliedBy(1L << (failures - 1));
        Optional<Duration> asked = failure.getRetryAfter();
        if (asked.isPresent() && asked.get().compareTo(WINDOW) > 0) {
            throw failure; // too long to wait without asking the caller
        }
        notBefore = nanoTime.getAsLong() + asked.orElse(own).toNanos();
    }

    private List<RejectedSuppression> post(List<NewSuppression> batch) throws CloudflareApiException {
        List<Object> items = new ArrayList<>();
        batch.forEach(each -> items.add(each.json()));
        Map<String, Object> body = Collections.singletonMap("items", items);
        List<RejectedSuppression> notAdded = new ArrayList<>();
        for (JsonValue item : api.postOnce(bulk, body).get("items").objects()) {
            if (!item.text("status").orElse("").equals("processed")) {
                notAdded.add(new RejectedSuppression(item, done, batch.size()));
            }
        }
        return notAdded;
    }
}
