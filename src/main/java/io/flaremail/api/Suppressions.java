package io.flaremail.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
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
        return new Suppression(api.get(suppressions.segment(id)).result());
    }

    public Suppression add(NewSuppression suppression) throws CloudflareApiException {
        return new Suppression(api.post(suppressions, suppression.json()).result());
    }

    /** Adds many, a thousand to a request. When a request fails, those before it have been carried out. */
    public void addAll(Collection<NewSuppression> all) throws CloudflareApiException {
        ArrayNode items = Json.object().putArray("items");
        for (NewSuppression each : all) {
            items.add(each.json());
            if (items.size() == BATCH) {
                post(items);
                items = Json.object().putArray("items");
            }
        }
        if (!items.isEmpty()) {
            post(items);
        }
    }

    /**
     * Changes when a suppression ends, and its note.
     *
     * @param expiresAt null for never
     * @param note null for none
     */
    public Suppression update(String id, Instant expiresAt, String note) throws CloudflareApiException {
        ObjectNode change = Json.object();
        change.put("expires_at", expiresAt == null ? null : expiresAt.toString());
        change.put("note", note);
        return new Suppression(api.patch(suppressions.segment(id), change).result());
    }

    public void remove(String id) throws CloudflareApiException {
        api.delete(suppressions.segment(id));
    }

    private void post(ArrayNode items) throws CloudflareApiException {
        ObjectNode body = Json.object();
        body.set("items", items);
        api.post(suppressions.segment("bulk"), body);
    }
}
