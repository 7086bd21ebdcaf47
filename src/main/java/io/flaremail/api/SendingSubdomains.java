package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The sending domains of a zone and their DNS: the admin class.
 *
 * <p>Every call throws {@link CloudflareApiException} when the API does not do as asked, is not reached, or something else
 * answers. The apex and each name below it are separate sending domains.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/subresources/subdomains/">Cloudflare API:
 *     Sending subdomains</a>
 */
public final class SendingSubdomains {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final ApiCalls api;
    private final ApiPath subdomains;

    SendingSubdomains(ApiCalls api, String zoneId) {
        this.api = api;
        this.subdomains = api.path()
                .segment("zones")
                .segment(zoneId)
                .segment("email")
                .segment("sending")
                .segment("subdomains");
    }

    /** All of them; never null. */
    public List<Subdomain> list() throws CloudflareApiException {
        ApiEnvelope page = api.list(subdomains);
        long pages = Json.number(page.resultInfo(), "total_pages").orElse(1L);
        Map<String, Subdomain> all = new LinkedHashMap<>();
        boolean news = add(page, all);
        for (long number = 2; news && number <= pages; number++) {
            news = add(api.list(subdomains.query("page", Optional.of(number))), all);
        }
        return Collections.unmodifiableList(new ArrayList<>(all.values()));
    }

    /** @return false for a page that brings nothing new: paging is not documented here, and may not be what it seems */
    private static boolean add(ApiEnvelope page, Map<String, Subdomain> all) {
        int before = all.size();
        for (JsonNode json : page.objects()) {
            Subdomain subdomain = new Subdomain(json);
            all.putIfAbsent(subdomain.getTag() + ' ' + subdomain.getName(), subdomain);
        }
        return all.size() > before;
    }

    /** The one of this name, whatever the case of its letters. */
    public Optional<Subdomain> find(String name) throws CloudflareApiException {
        return list().stream()
                .filter(each -> each.getName().equalsIgnoreCase(name))
                .findFirst();
    }

    public Subdomain get(String id) throws CloudflareApiException {
        return new Subdomain(api.get(subdomains.segment(id)));
    }

    /**
     * Onboards a domain, or enables it again.
     *
     * @param name the zone's apex or a name below it
     */
    public Subdomain create(String name) throws CloudflareApiException {
        return new Subdomain(api.create(subdomains, Json.object().put("name", name)));
    }

    public Subdomain update(String id, SubdomainChange change) throws CloudflareApiException {
        return new Subdomain(api.patch(subdomains.segment(id), change.json()));
    }

    /** Offboards a domain. The API leaves its {@code _dmarc} record behind. */
    public void delete(String id) throws CloudflareApiException {
        api.delete(subdomains.segment(id));
    }

    /** The records that should be published. {@link #dnsStatus} says whether they are. */
    public List<DnsRecord> dnsRecords(String id) throws CloudflareApiException {
        return records(api.list(subdomains.segment(id).segment("dns")).result());
    }

    public DnsStatus dnsStatus(String id) throws CloudflareApiException {
        return DnsStatus.of(api.get(subdomains.segment(id).segment("dns").segment("status")));
    }

    /** Has the API put the records right, in a zone whose DNS Cloudflare serves. */
    public void repairDns(String id) throws CloudflareApiException {
        api.post(subdomains.segment(id).segment("dns"), Json.object());
    }

    /** What {@link #create} would do: nothing is changed. */
    public List<DnsRecord> preview(String name) throws CloudflareApiException {
        JsonNode result = api.post(subdomains.segment("preview"), Json.object().put("name", name));
        return records(result.isArray() ? result : result.path("records"));
    }

    /**
     * Waits until the API calls a domain's DNS ready.
     *
     * @param timeout how long at most; looked at once even if it is zero
     * @param progress told each status on the way, on this thread
     * @return the last status: ready, unless the time was up or the thread was interrupted
     */
    public DnsStatus awaitReady(String id, Duration timeout, Consumer<DnsStatus> progress)
            throws CloudflareApiException {
        return awaitReady(id, timeout, progress, Pause::sleep);
    }

    /** @param pause false when the thread is interrupted */
    DnsStatus awaitReady(String id, Duration timeout, Consumer<DnsStatus> progress, Predicate<Duration> pause)
            throws CloudflareApiException {
        long end = System.nanoTime() + timeout.toNanos();
        for (; ; ) {
            DnsStatus status = dnsStatus(id);
            progress.accept(status);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            boolean over = left.isNegative() || left.isZero();
            if (status.isReady() || over || !pause.test(left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS)) {
                return status;
            }
        }
    }

    private static List<DnsRecord> records(JsonNode list) {
        List<DnsRecord> records = new ArrayList<>();
        Json.objects(list).forEach(json -> records.add(DnsRecord.of(json)));
        return Collections.unmodifiableList(records);
    }
}
