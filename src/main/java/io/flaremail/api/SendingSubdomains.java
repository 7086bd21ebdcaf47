package io.flaremail.api;

import io.flaremail.dns.DnsCheck;
import io.flaremail.dns.DnsRecord;
import io.flaremail.http.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Manages the sending domains of a zone and their DNS. Thread-safe.
 *
 * <p>Every call throws {@link CloudflareApiException} if it fails, the API is not reached, or an intermediary answers.
 * The apex and each name below it are separate sending domains.
 *
 * <p>Tests: CallTableTest, AwaitReadyTest.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/subresources/subdomains/">Cloudflare API:
 *     Sending subdomains</a>
 */
public final class SendingSubdomains {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

    /** For a {@link Deadline}, zero means no limit. */
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final ApiClient api;
    private final String zoneId;
    private final ApiPath subdomains;

    SendingSubdomains(ApiClient api, String zoneId) {
        this.api = api;
        this.zoneId = zoneId;
        this.subdomains = api.path()
                .segment("zones")
                .argument("zoneId", zoneId)
                .segment("email")
                .segment("sending")
                .segment("subdomains");
    }

    /** The zone that these domains are in. */
    public String getZoneId() {
        return zoneId;
    }

    /** All sending domains of the zone; never null. */
    public List<Subdomain> list() throws CloudflareApiException {
        ApiResponse page = api.list(subdomains);
        long pages = page.resultInfo().number("total_pages").orElse(1L);
        Map<String, Subdomain> all = new LinkedHashMap<>();
        boolean hasNew = add(page, all);
        for (long number = 2; hasNew && number <= pages; number++) {
            hasNew = add(api.list(subdomains.query("page", Optional.of(number))), all);
        }
        return Collections.unmodifiableList(new ArrayList<>(all.values()));
    }

    /** @return false if the page has no new entries: paging is not documented for this call */
    private static boolean add(ApiResponse page, Map<String, Subdomain> all) {
        int before = all.size();
        for (JsonValue json : page.objects()) {
            Subdomain subdomain = new Subdomain(json);
            all.putIfAbsent(subdomain.getTag() + ' ' + subdomain.getName(), subdomain);
        }
        return all.size() > before;
    }

    /** Finds a sending domain by name, ignoring case. */
    public Optional<Subdomain> find(String name) throws CloudflareApiException {
        Objects.requireNonNull(name, "name");
        return list().stream()
                .filter(each -> each.getName().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * Gets one sending domain.
     *
     * @param id its {@link Subdomain#getTag() tag}
     */
    public Subdomain get(String id) throws CloudflareApiException {
        return new Subdomain(api.get(subdomains.argument("id", id)));
    }

    /**
     * Onboards a domain, or enables it again.
     *
     * @param name the zone's apex or a name below it
     */
    public Subdomain create(String name) throws CloudflareApiException {
        return new Subdomain(api.create(subdomains, named(name)));
    }

    /**
     * Changes the settings of a domain.
     *
     * @param id its {@link Subdomain#getTag() tag}
     * @return the domain after the change
     */
    public Subdomain update(String id, SubdomainChange change) throws CloudflareApiException {
        return new Subdomain(api.change(
                "PATCH",
                subdomains.argument("id", id),
                Objects.requireNonNull(change, "change").json()));
    }

    /** Offboards a domain. The API leaves its {@code _dmarc} record behind. */
    public void delete(String id) throws CloudflareApiException {
        api.delete(subdomains.argument("id", id));
    }

    /** The records to publish; never null. {@link #dnsStatus} tells whether they are published. */
    public List<DnsRecord> dnsRecords(String id) throws CloudflareApiException {
        return records(api.list(dns(id)).result());
    }

    /** The API's view of a domain's DNS, which may be outdated: see {@link DnsCheck}. */
    public DnsStatus dnsStatus(String id) throws CloudflareApiException {
        return DnsStatus.of(api.get(dns(id).segment("status")));
    }

    /** Lets the API correct the records, in a zone whose DNS Cloudflare serves. */
    public void repairDns(String id) throws CloudflareApiException {
        api.post(dns(id), Collections.emptyMap());
    }

    /** The records that {@link #create} would require; never null. Changes nothing. */
    public List<DnsRecord> preview(String name) throws CloudflareApiException {
        JsonValue result = api.post(subdomains.segment("preview"), named(name));
        return records(result.isList() ? result : result.get("records"));
    }

    /**
     * Polls until the API reports a domain's DNS as ready. A poll that fails with a
     * {@linkplain CloudflareApiException#isRetryable() retryable} exception does not end the wait.
     *
     * @param timeout the maximum wait; zero polls once. The last poll begins by then, and may take up to the client's
     *     response timeout longer
     * @param progress receives each status, on the calling thread
     * @return the last status: ready, unless the timeout passed or the thread was interrupted
     * @throws CloudflareApiException if the last poll failed, or any poll with an exception that is not retryable
     */
    public DnsStatus awaitReady(String id, Duration timeout, Consumer<DnsStatus> progress)
            throws CloudflareApiException {
        return awaitReady(id, timeout, progress, Pause::sleep);
    }

    /** @param pause sleeps; false if the thread is interrupted */
    DnsStatus awaitReady(String id, Duration timeout, Consumer<DnsStatus> progress, Predicate<Duration> pause)
            throws CloudflareApiException {
        Objects.requireNonNull(progress, "progress");
        Deadline end = Deadline.in(Objects.requireNonNull(timeout, "timeout").isZero() ? AT_ONCE : timeout);
        for (; ; ) {
            try {
                DnsStatus status = DnsStatus.of(api.get(dns(id).segment("status"), end.left()));
                progress.accept(status);
                if (status.isReady() || !isTimeLeft(end, POLL_INTERVAL, pause)) {
                    return status;
                }
            } catch (CloudflareApiException e) {
                Duration wait = e.getRetryAfter().orElse(POLL_INTERVAL);
                if (!e.isRetryable() || !isTimeLeft(end, wait, pause)) {
                    throw e;
                }
            }
        }
    }

    /** Sleeps for the poll interval, capped so that one more poll fits before the deadline. */
    private static boolean isTimeLeft(Deadline end, Duration asked, Predicate<Duration> pause) {
        Duration wait = asked.compareTo(POLL_INTERVAL) > 0 ? asked : POLL_INTERVAL;
        return !end.isOver() && pause.test(end.left().compareTo(wait) < 0 ? end.left() : wait);
    }

    private static Map<String, Object> named(String name) {
        return Collections.singletonMap("name", Objects.requireNonNull(name, "name"));
    }

    private ApiPath dns(String id) {
        return subdomains.argument("id", id).segment("dns");
    }

    private static List<DnsRecord> records(JsonValue list) {
        List<DnsRecord> records = new ArrayList<>();
        list.objects().forEach(json -> records.add(DnsStatus.record(json)));
        return Collections.unmodifiableList(records);
    }
}
