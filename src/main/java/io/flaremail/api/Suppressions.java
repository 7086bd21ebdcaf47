package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
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
                .segment(accountId)
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
        Iterator<Suppression> pages = new SuppressionPages(api, filter.applyTo(suppressions));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false);
    }

    public Suppression get(String id) throws CloudflareApiException {
        return new Suppression(api.get(suppressions.segment(id)));
    }

    /** @return the suppression: the API answers with its id alone, the rest is as it was asked for */
    public Suppression add(NewSuppression suppression) throws CloudflareApiException {
        ObjectNode asked = suppression.json();
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
        for (NewSuppression each : all) {
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

    public Suppression update(String id, SuppressionChange change) throws CloudflareApiException {
        return new Suppression(api.patch(suppressions.segment(id), change.json()));
    }

    public void remove(String id) throws CloudflareApiException {
        api.delete(suppressions.segment(id));
    }

    private List<RejectedSuppression> post(ArrayNode items, int first) throws CloudflareApiException {
        ObjectNode body = Json.object();
        body.set("items", items);
        List<RejectedSuppression> rejected = new ArrayList<>();
        for (JsonNode item :
                Json.objects(api.post(suppressions.segment("bulk"), body).path("items"))) {
            if (!Json.text(item, "status").orElse("").equals("processed")) {
                rejected.add(new RejectedSuppression(item, first));
            }
        }
        return rejected;
    }
}
