package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An account's suppression list: who gets no mail, after a bounce, a complaint or because somebody said so.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/">Cloudflare API: Email Sending</a>
 */
public final class Suppressions {
    private static final int BATCH = 1000;

    private final ApiCalls api;
    private final ApiPath suppressions;

    Suppressions(ApiCalls api, String accountId) {
        this.api = api;
        this.suppressions = api.path()
                .segment("accounts")
                .argument("accountId", accountId)
                .segment("email")
                .segment("sending")
                .segment("suppressions");
    }

    /**
     * The suppressions, read page by page as the stream goes on.
     *
     * @return a stream whose operations throw {@link java.io.UncheckedIOException}, with the
     *     {@link CloudflareApiException} as its cause, when a page cannot be had
     */
    public Stream<Suppression> list(SuppressionFilter filter) {
        Iterator<Suppression> pages = new SuppressionPages(
                api, Objects.requireNonNull(filter, "filter").applyTo(suppressions));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false);
    }

    /** One of them, by its {@link Suppression#getId() id}. */
    public Suppression get(String id) throws CloudflareApiException {
        return new Suppression(api.get(suppressions.argument("id", id)));
    }

    /** @return the suppression: the API answers with its id alone, the rest is as it was asked for */
    public Suppression add(NewSuppression suppression) throws CloudflareApiException {
        ObjectNode asked = Objects.requireNonNull(suppression, "suppression").json();
        asked.setAll((ObjectNode) api.create(suppressions, suppression.json()));
        return new Suppression(asked);
    }

    /**
     * Adds many, a thousand to a request. When a request fails, those before it have been carried out.
     *
     * @return what was not added, and why: the API takes the others all the same
     */
    public List<RejectedSuppression> addAll(Collection<NewSuppression> all) throws CloudflareApiException {
        List<RejectedSuppression> rejected = new ArrayList<>();
        ArrayNode items = Json.object().putArray("items");
        int first = 0;
        for (NewSuppression each : whole(all)) {
            items.add(each.json());
            if (items.size() == BATCH) {
                rejected.addAll(post(items, first));
                first += BATCH;
                items = Json.object().putArray("items");
            }
        }
        if (!items.isEmpty()) {
            rejected.addAll(post(items, first));
        }
        return Collections.unmodifiableList(rejected);
    }

    /** Null among them would otherwise be found when the first thousands have been added. */
    private static List<NewSuppression> whole(Collection<NewSuppression> all) {
        List<NewSuppression> copy = new ArrayList<>(Objects.requireNonNull(all, "all"));
        copy.forEach(each -> Objects.requireNonNull(each, "all: one is null"));
        return copy;
    }

    /**
     * Changes a suppression; one that is {@link Suppression#isReadOnly() read-only} is refused with 403.
     *
     * @return the suppression as it is now
     */
    public Suppression update(String id, SuppressionChange change) throws CloudflareApiException {
        return new Suppression(api.patch(
                suppressions.argument("id", id),
                Objects.requireNonNull(change, "change").json()));
    }

    /** Lets an address get mail again. A {@link Suppression#isReadOnly() read-only} suppression is refused with 403. */
    public void remove(String id) throws CloudflareApiException {
        api.delete(suppressions.argument("id", id));
    }

    private List<RejectedSuppression> post(ArrayNode items, int first) throws CloudflareApiException {
        ObjectNode body = Json.object();
        body.set("items", items);
        List<RejectedSuppression> rejected = new ArrayList<>();
        for (JsonNode item :
                Json.objects(api.post(suppressions.segment("bulk"), body).path("items"))) {
            if (!Json.text(item, "status").orElse("").equals("processed")) {
                rejected.add(new RejectedSuppression(item, first, items.size()));
            }
        }
        return rejected;
    }
}
