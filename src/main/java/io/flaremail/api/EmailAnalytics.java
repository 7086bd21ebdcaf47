package io.flaremail.api;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks up sent messages in a zone's analytics. The token needs the permission Analytics: Read. Thread-safe.
 *
 * <p>Analytics are sampled at high volume, and appear with a delay: a message that is found was accepted, but one that is
 * not found may have been accepted as well.
 *
 * <p>Tests: ReconciliationTest.
 *
 * @see <a href="https://developers.cloudflare.com/analytics/graphql-api/">Cloudflare: GraphQL Analytics API</a>
 */
public final class EmailAnalytics {
    private static final int MAX_ROWS = 1000;

    private static final String QUERY = "query ($zone: string, $from: Time, $until: Time) { viewer { zones(filter:"
            + " {zoneTag: $zone}) { emailSendingAdaptive(limit: " + MAX_ROWS + ", filter: {datetime_geq: $from,"
            + " datetime_leq: $until}) { datetime envelopeTo subject messageId status eventType } } } }";

    private final ApiClient api;
    private final String zoneId;

    EmailAnalytics(ApiClient api, String zoneId) {
        this.api = api;
        this.zoneId = Objects.requireNonNull(zoneId, "zoneId");
    }

    /**
     * Returns up to 1,000 records in a time range, both ends included. Cloudflare keeps 31 days.
     *
     * @throws CloudflareApiException also if GraphQL reports an error, with its message
     */
    public List<SentRecord> find(Instant from, Instant until) throws CloudflareApiException {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("zone", zoneId);
        variables.put("from", from.toString());
        variables.put("until", until.toString());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("query", QUERY);
        request.put("variables", variables);
        JsonValue answer = parsed(api.query(api.path().segment("graphql"), request));
        List<JsonValue> errors = answer.get("errors").elements();
        if (!errors.isEmpty()) {
            throw CloudflareApiException.strange("Cloudflare's analytics: "
                    + errors.stream()
                            .limit(3)
                            .map(error -> error.text("message").orElse("an error without a message"))
                            .collect(Collectors.joining(", ")));
        }
        List<SentRecord> records = new ArrayList<>();
        for (JsonValue zone : answer.get("data").get("viewer").get("zones").objects()) {
            zone.get("emailSendingAdaptive").objects().forEach(row -> records.add(new SentRecord(row)));
        }
        return Collections.unmodifiableList(records);
    }

    /**
     * The id that the service gave a message, if exactly one in this time has the recipient and the subject. Returns empty
     * if two messages have both, or if there are too many records to be sure.
     *
     * @param recipient compared without case
     * @param subject compared exactly; empty for a message without one
     */
    public Optional<String> findMessageId(String recipient, String subject, Instant from, Instant until)
            throws CloudflareApiException {
        return Optional.ofNullable(findMessageIds(Collections.singleton(recipient), subject, from, until)
                .get(recipient));
    }

    /**
     * As {@link #findMessageId}, for several recipients of a message, with one request.
     *
     * @return the ids by recipient, as given; without those that were not found
     */
    public Map<String, String> findMessageIds(
            Collection<String> recipients, String subject, Instant from, Instant until) throws CloudflareApiException {
        Map<String, String> found = new LinkedHashMap<>();
        List<SentRecord> records = recipients.isEmpty() ? Collections.emptyList() : find(from, until);
        if (records.size() >= MAX_ROWS) {
            return found; // there may be more
        }
        for (String recipient : recipients) {
            List<String> ids = records.stream()
                    .filter(record -> record.getRecipient().equalsIgnoreCase(recipient))
                    .filter(record -> record.getSubject().equals(subject))
                    .map(SentRecord::getMessageId)
                    .filter(id -> !id.isEmpty())
                    .distinct()
                    .collect(Collectors.toList());
            if (ids.size() == 1) {
                found.put(recipient, ids.get(0));
            }
        }
        return found;
    }

    private static JsonValue parsed(byte[] body) throws CloudflareApiException {
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw CloudflareApiException.strange(
                    "Cloudflare's analytics returned an unusable response: " + e.getMessage());
        }
    }

    /** One record of the analytics. Immutable. */
    public static final class SentRecord {
        private final JsonValue json;

        private SentRecord(JsonValue json) {
            this.json = json;
        }

        /** The service's Message-ID; never null. */
        public String getMessageId() {
            return json.text("messageId").orElse("");
        }

        /** The envelope recipient; never null. */
        public String getRecipient() {
            return json.text("envelopeTo").orElse("");
        }

        /** Never null. */
        public String getSubject() {
            return json.text("subject").orElse("");
        }

        /** {@code delivered}, {@code deliveryFailed}, or a value added later. */
        public Optional<String> getStatus() {
            return json.text("status");
        }

        public Optional<Instant> getTime() {
            return json.instant("datetime");
        }
    }
}
