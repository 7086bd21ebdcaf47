package io.flaremail.api;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Manages an account's suppression list: addresses that receive no mail, for example after a bounce or a complaint.
 * Thread-safe.
 *
 * <p>Tests: CallTableTest, PagingTest.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/">Cloudflare API: Email Sending</a>
 */
public final class Suppressions {
    private final ApiClient api;
    private final ApiPath suppressions;

    Suppressions(ApiClient api, String accountId) {
        this.api = api;
        this.suppressions = api.path()
                .segment("accounts")
                .argument("accountId", accountId)
                .segment("email")
                .segment("sending")
                .segment("suppressions");
    }

    /**
     * Lists suppressions. Pages are requested while the stream is consumed.
     *
     * @return a stream whose operations throw {@link java.io.UncheckedIOException}, with the
     *     {@link CloudflareApiException} as its cause, if a page cannot be read
     */
    public Stream<Suppression> list(SuppressionFilter filter) {
        Iterator<Suppression> pages = new SuppressionPages(
                api, Objects.requireNonNull(filter, "filter").applyTo(suppressions));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false);
    }

    /** Gets one suppression by its {@link Suppression#getId() id}. */
    public Suppression get(String id) throws CloudflareApiException {
        return new Suppression(api.get(suppressions.argument("id", id)));
    }

    /**
     * Adds a suppression.
     *
     * @return the suppression; the API returns only its id, the other values are those of the request
     */
    public Suppression add(NewSuppression suppression) throws CloudflareApiException {
        Map<String, Object> asked =
                Objects.requireNonNull(suppression, "suppression").json();
        return new Suppression(api.create(suppressions, asked).orElse(asked));
    }

    /**
     * Adds many suppressions, at most 10,000 a minute, the API's limit. Use {@link #startImport} for progress or to
     * resume after a failure.
     *
     * @return the suppressions that the API rejected, and why; the others were added
     * @throws CloudflareApiException if a request failed permanently; earlier requests were carried out
     */
    public List<RejectedSuppression> addAll(Collection<NewSuppression> all) throws CloudflareApiException {
        SuppressionImport work = startImport(all);
        while (!work.isDone()) {
            Duration wait = work.getWait();
            if (!wait.isZero() && !Pause.sleep(wait)) {
                throw CloudflareApiException.interrupted(
                        "Interrupted after " + work.getDone() + " of " + work.getTotal() + " suppressions");
            }
            work.addNext();
        }
        return work.getRejected();
    }

    /** Prepares a stepwise import. Sends nothing yet. */
    public SuppressionImport startImport(Collection<NewSuppression> all) {
        return startImport(all, System::nanoTime);
    }

    /**
     * As {@link #startImport(Collection)}, with a custom clock.
     *
     * @param nanoTime a monotonic clock in nanoseconds, such as {@link System#nanoTime}
     */
    public SuppressionImport startImport(Collection<NewSuppression> all, LongSupplier nanoTime) {
        return new SuppressionImport(api, suppressions.segment("bulk"), all, nanoTime);
    }

    /**
     * Changes a suppression. The API refuses a {@link Suppression#isReadOnly() read-only} one with 403.
     *
     * @return the suppression after the change
     */
    public Suppression update(String id, SuppressionChange change) throws CloudflareApiException {
        return new Suppression(api.change(
                "PATCH",
                suppressions.argument("id", id),
                Objects.requireNonNull(change, "change").json()));
    }

    /** Removes a suppression. The API refuses a {@link Suppression#isReadOnly() read-only} one with 403. */
    public void remove(String id) throws CloudflareApiException {
        api.delete(suppressions.argument("id", id));
    }
}
