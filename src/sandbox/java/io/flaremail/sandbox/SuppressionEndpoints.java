package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /accounts/../email/sending/suppressions}: who must not be sent to. */
final class SuppressionEndpoints {
    static final String BASE = "/accounts/{account}/email/sending/suppressions";
    static final String ONE = BASE + "/{suppression}";
    private static final Set<String> REASONS = Set.of("manual", "complaint", "hard_bounce", "soft_bounce", "policy");
    private static final Set<String> OPTIONAL = Set.of("expires_at", "note", "scope");
    private static final int PER_PAGE = 100;
    private static final int MOST_PER_PAGE = 1000;
    private static final int LONGEST_NOTE = 1000;

    private final Settings settings;
    private final Access access;

    SuppressionEndpoints(Settings settings, Access access) {
        this.settings = settings;
        this.access = access;
    }

    void addTo(Router router) {
        String[] filters = {"email", "search", "reason", "scope_type", "scope_value", "per_page", "cursor"};
        router.add("GET", BASE, this::list, filters);
        router.add("POST", BASE, this::create);
        router.add("POST", BASE + "/bulk", (call, ledger) -> {
            access.requireAccount(call);
            OptionalLong wait = ledger.bulk(now(), settings.bulkPerMinute());
            return wait.isPresent()
                    ? throttled(wait.getAsLong())
                    : Answer.result(new BulkImport(ledger.suppressions(), now()).of(JsonBody.parse(call.body())));
        });
        router.add(
                "GET", ONE, (call, ledger) -> Answer.result(find(call, ledger).json()));
        router.add("PATCH", ONE, this::edit);
        router.add("DELETE", ONE, this::delete);
    }

    private Instant now() {
        return settings.clock().instant();
    }

    private Answer throttled(long seconds) {
        Answer refused = new Refusal(ApiError.THROTTLED, settings.bulkPerMinute() + " bulk requests a minute").answer();
        return settings.isStrict(SuppressionBehavior.RETRY_AFTER)
                ? refused
                : refused.with(Map.of("Retry-After", "" + seconds));
    }

    private Answer list(Call call, Ledger ledger) {
        access.requireAccount(call);
        Query query = call.query();
        int perPage = query.number("per_page", PER_PAGE, MOST_PER_PAGE);
        Suppressions.Page page =
                ledger.suppressions().page(SuppressionCursor.position(query, settings), perPage, filter(query), now());
        ArrayNode result = Answer.array();
        page.entries().forEach(entry -> result.add(entry.json()));
        ObjectNode info = Answer.object().put("count", page.entries().size()).put("per_page", perPage);
        return Answer.result(result, info.put(SuppressionCursor.field(settings), SuppressionCursor.after(page, query)));
    }

    private static Predicate<Suppression> filter(Query query) {
        String email = query.text("email");
        String search = query.text("search");
        String reason = query.oneOf("reason", REASONS);
        String type = query.oneOf("scope_type", Set.of("account", "sending_domain"));
        String value = query.text("scope_value");
        if (value != null && !"sending_domain".equals(type)) {
            throw JsonBody.invalid("scope_value: requires scope_type=sending_domain");
        }
        if (search != null && search.indexOf('@') < 1) {
            throw JsonBody.invalid("search: expected an address, or its local part and @");
        }
        return entry -> (email == null || entry.email().equalsIgnoreCase(email))
                && (search == null || matches(search.toLowerCase(Locale.ROOT), entry.email()))
                && (reason == null || entry.reason().equals(reason))
                && (type == null || entry.scope().type().equals(type))
                && (value == null || value.equalsIgnoreCase(entry.sendingDomain()));
    }

    private static boolean matches(String search, String email) {
        return search.endsWith("@") ? email.startsWith(search) : email.equals(search);
    }

    private Answer create(Call call, Ledger ledger) {
        access.requireAccount(call);
        JsonBody json = JsonBody.parse(call.body());
        Suppression added = add(json, ledger.suppressions(), now());
        requireWritable(added);
        return Answer.result(added.reference());
    }

    static Suppression add(JsonBody json, Suppressions suppressions, Instant now) {
        json.requireFields(Set.of("email"), OPTIONAL);
        String email = Submission.address("email", json.text("email"));
        Scope scope = scope(json);
        Instant expiry = expiry(json, null, now);
        return suppressions.add(email, "manual", scope, now, expiry, false, note(json.optionalText("note")));
    }

    static Scope scope(JsonBody json) {
        return Scope.parse(
                json.has("scope") ? JsonBody.of("scope", json.object().get("scope")) : null);
    }

    private static Instant expiry(JsonBody json, Instant otherwise, Instant now) {
        if (!json.has("expires_at")) {
            return otherwise;
        }
        String text = json.nullableText("expires_at");
        try {
            Instant expiry = text == null ? null : OffsetDateTime.parse(text).toInstant();
            if (expiry == null || expiry.isAfter(now)) {
                return expiry;
            }
        } catch (DateTimeParseException e) {
            // refused below
        }
        throw JsonBody.invalid("expires_at: expected an RFC 3339 time to come, got \"" + text + "\"");
    }

    private Suppression find(Call call, Ledger ledger) {
        access.requireAccount(call);
        String id = call.variable("suppression");
        return ledger.suppressions()
                .get(id, now())
                .orElseThrow(() -> new Refusal(ApiError.NOT_FOUND, "no suppression " + id));
    }

    private Suppression findWritable(Call call, Ledger ledger) {
        Suppression found = find(call, ledger);
        requireWritable(found);
        return found;
    }

    private static void requireWritable(Suppression suppression) {
        if (suppression.readOnly()) {
            throw new Refusal(ApiError.SUPPRESSION_READ_ONLY, "read_only: " + suppression.id());
        }
    }

    private static String note(String note) {
        if (note != null && note.length() > LONGEST_NOTE) {
            throw JsonBody.invalid("note: expected at most " + LONGEST_NOTE + " characters, got " + note.length());
        }
        return note;
    }

    private Answer edit(Call call, Ledger ledger) {
        Suppression found = findWritable(call, ledger);
        JsonBody json = JsonBody.parse(call.body());
        json.requireFields(Set.of(), OPTIONAL);
        if (json.has("scope")) {
            throw new Refusal(ApiError.SCOPE_IMMUTABLE, "delete and create again", "/scope");
        }
        String note = json.has("note") ? note(json.text("note")) : found.note();
        String kept = note == null || note.isEmpty() ? null : note;
        Suppression edited = found.edited(expiry(json, found.expiresAt(), now()), kept);
        return Answer.result(ledger.suppressions().put(edited).json());
    }

    private Answer delete(Call call, Ledger ledger) {
        Suppression found = findWritable(call, ledger);
        ledger.suppressions().remove(found.id());
        return Answer.result(found.reference());
    }
}
