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
 * The sending domains of a zone and their DNS: the admin class.
 *
 * <p>Every call throws {@link CloudflareApiException} when the API does not do as asked, is not reached, or something else
 * answers. The apex and each name below it are separate sending domains.
 *
 * <p>Tests: CallTableTest, AwaitReadyTest.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/subresources/subdomains/">Cloudflare API:
 *     Sending subdomains</a>
 */
public final class SendingSubdomains {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** For a {@link Deadline}, zero would be never. */
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final ApiClient api;
    private final ApiPath subdomains;

    SendingSubdomains(ApiClient api, String zoneId) {
        this.api = api;
        this.subdomains = api.path()
                .segment("zones")
                .argument("zoneId", zoneId)
                .segment("email")
                .segment("sending")
                .segment("subdomains");
    }

    /** All of them; never null. */
    public List<Subdomain> list() throws CloudflareApiException {
        ApiResponse page = api.list(subdomains);
        long pages = page.resultInfo().number("total_pages").orElse(1L);
        Map<String, Subdomain> all = new LinkedHashMap<>();
        boolean news = add(page, all);
        for (long number = 2; news && number <= pages; number++) {
            news = add(api.list(subdomains.query("page", Optional.of(number))), all);
        }
        return Collections.unmodifiableList(new ArrayList<>(all.values()));
    }

    /** @return false for a page that brings nothing new: paging is not documented here, and may not be what it seems */
    private static boolean add(ApiResponse page, Map<String, Subdomain> all) {
        int before = all.size();
        for (JsonValue json : page.objects()) {
            Subdomain subdomain = new Subdomain(json);
            all.putIfAbsent(subdomain.getTag() + ' ' + subdomain.getName(), subdomain);
        }
        return all.size() > before;
    }

    /** The one of this name, whatever the case of its letters. */
    public Optional<Subdomain> find(String name) throws CloudflareApiException {
        Objects.requireNonNull(name, "name");
        return list().stream()
                .filter(each -> each.getName().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * One of them.
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
     * Changes how a domain sends.
     *
     * @param id its {@link Subdomain#getTag() tag}
     * @return the domain as it is now
     */
    public Subdomain update(String id, SubdomainChange change) throws CloudflareApiException {
        return new Subdomain(api.patch(
                subdomains.argument("id", id),
                Objects.requireNonNull(change, "change").json()));
    }

    /** Offboards a domain. The API leaves its {@code _dmarc} record behind. */
    public void delete(String id) throws CloudflareApiException {
        api.delete(subdomains.argument("id", id));
    }

    /** The records that should be published. {@link #dnsStatus} says whether they are. */
    public List<DnsRecord> dnsRecords(String id) throws CloudflareApiException {
        return records(api.list(dns(id)).result());
    }

    /** What the API thinks of a domain's DNS, which may be older than the DNS: see {@link DnsCheck}. */
    public DnsStatus dnsStatus(String id) throws CloudflareApiException {
        return DnsStatus.of(api.get(dns(id).segment("status")));
    }

    /** Has the API put the records right, in a zone whose DNS Cloudflare serves. */
    public void repairDns(String id) throws CloudflareApiException {
        api.post(dns(id), Collections.emptyMap());
    }

    /** What {@link #create} would do: nothing is changed. */
    public List<DnsRecord> preview(String name) throws CloudflareApiException {
        JsonValue result = api.post(subdomains.segment("preview"), named(name));
        return records(result.isList() ? result : result.get("records"));
    }

    /**
     * Waits until the API calls a domain's DNS ready. A look that fails for a reason that may pass, see
     * {@link CloudflareApiException#isRetryable()}, does not end the wait.
     *
     * @param timeout how long at most; looked at once even if it is zero. The last look is begun by then, and may take the
     *     client's response timeout longer
     * @param progress told each status on the way, on this thread
     * @return the last status: ready, unless the time was up or the thread was interrupted
     * @throws CloudflareApiException if the last look failed, or any for a reason that will not pass
     */
    public DnsStatus awaitReady(String id, Duration timeout, Consumer<DnsStatus> progress)
            throws CloudflareApiException {
        return awaitReady(id, timeout, progress, Pause::sleep);
    }

    /** @param pause false when the thread is interrupted */
    DnsStatus awaitReady(String id, Duration timeout, Consumer<DnsStatus> progress, Predicate<Duration> pause)
            throws CloudflareApiException {
        Objects.requireNonNull(progress, "progress");
        Deadline end = Deadline.in(Objects.requireNonNull(timeout, "timeout").isZero() ? AT_ONCE : timeout);
        for (; ; ) {
            try {
                DnsStatus status = DnsStatus.of(api.get(dns(id).segment("status"), end.left()));
                progress.accept(status);
                if (status.isReady() || !isTimeLeft(end, BETWEEN_LOOKS, pause)) {
                    return status;
                }
            } catch (CloudflareApiException e) {
                Duration wait = e.getRetryAfter().orElse(BETWEEN_LOOKS);
                if (!e.isRetryable() || !isTimeLeft(end, wait, pause)) {
                    throw e;
                }
            }
        }
    }

    /** Waits, but not so long that there is no time for one look more. */
    private static boolean isTimeLeft(Deadline end, Duration asked, Predicate<Duration> pause) {
        Duration wait = asked.compareTo(BETWEEN_LOOKS) > 0 ? asked : BETWEEN_LOOKS;
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
