package io.flaremail.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running simulation of the Cloudflare Email Sending API: HTTP and IMAP on 127.0.0.1.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.start()) {
 *     send(sandbox.endpoint(), sandbox.account(), sandbox.token());
 *     byte[] mail = sandbox.mailbox("ada@example.org").get(0);
 * }
 * }</pre>
 *
 * Everything that it remembers is there before the client sees an answer. Safe for use by many threads.
 */
public final class Sandbox implements AutoCloseable {
    private final Settings settings;
    private final DnsZone dns = new DnsZone();
    private final DnsServer dnsServer;
    private final Zones zones;
    private final Domains domains;
    private final Mailboxes mailboxes;
    private final AtomicReference<Ledger> ledger;
    private final DeliveryEvents events;
    private final FrontDoor door;

    Sandbox(Settings settings) {
        this.settings = settings;
        dnsServer = new DnsServer(dns, settings.dnsPort());
        zones = new Zones(new Zone(settings.zone(), settings.zoneName()));
        domains = new Domains(settings, zones, dns);
        mailboxes = new Mailboxes(settings.imapPort());
        ledger = new AtomicReference<>(new Ledger(mailboxes, settings.keep()));
        Access access = new Access(settings.account(), settings.token(), zones);
        Router router = new Router("/client/v4");
        MessageQueues queues = new MessageQueues();
        events = new DeliveryEvents(settings, zones, queues);
        new SendingEndpoints(settings, access, domains, events).addTo(router);
        new QueueEndpoints(settings, access, queues).addTo(router);
        new QueueMessageEndpoints(settings, access, queues, events).addTo(router);
        new AnalyticsEndpoint(access, zones, events).addTo(router);
        new EventSubscriptionEndpoints(settings, access, queues, domains, events).addTo(router);
        new SuppressionEndpoints(settings, access).addTo(router);
        new ZoneEndpoints(settings, access, zones).addTo(router);
        new SubdomainEndpoints(access, domains, dns).addTo(router);
        Router inbox = new Router(InboxEndpoints.BASE);
        new InboxEndpoints(events, this::messages, this::reset, this::advanceClock).addTo(inbox);
        door = new FrontDoor(settings, router, inbox, access, ledger);
    }

    /** Starts with a free port, a random account, zone and token, and the sending domain {@code example.com}. */
    public static Sandbox start() {
        return builder().start();
    }

    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    Sandbox open() {
        Logs.quieten();
        try {
            mailboxes.start();
            door.start();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The base of all paths, as {@code https://api.cloudflare.com/client/v4} is the real one's; no slash at the end. */
    public URI endpoint() {
        return URI.create((settings.tls() == null ? "http" : "https") + "://127.0.0.1:" + door.port() + "/client/v4");
    }

    public String account() {
        return settings.account();
    }

    public String zone() {
        return settings.zone();
    }

    /** The one token that is let in: 40 characters, new at each start unless the builder was given one. */
    public String token() {
        return settings.token();
    }

    /** The onboarded sending domains, enabled or not. */
    public List<String> domains() {
        return domains.names();
    }

    boolean isAnySender() {
        return settings.anySender();
    }

    /** Onboards the domain when it is new, and lets it send. */
    public void enable(String domain) {
        domains.put(domain, true);
    }

    /** The domain stays onboarded, or is so now, but may not send: error 10203. */
    public void disable(String domain) {
        domains.put(domain, false);
    }

    /** An administrator's lock: changes to the domain are answered with error 2043. */
    public void lock(String domain, boolean locked) {
        domains.lock(domain, locked);
    }

    /** The id of the zone around this domain; a domain that lies in none opens one of its own. */
    public String zone(String domain) {
        return zones.around(domain.toLowerCase(Locale.ROOT)).id();
    }

    /** The DNS of all zones, to look at and to put out of order. */
    public DnsZone dns() {
        return dns;
    }

    /** {@code 127.0.0.1:port} of a name server over UDP that serves {@link #dns()}; it runs from the first call on. */
    public String dnsServer() {
        return "127.0.0.1:" + dnsServer.start();
    }

    /** Every active suppression as the list shows them: those for one sending domain first, the newest first. */
    public List<Suppression> suppressions() {
        return ledger.get().suppressions().active(settings.clock().instant());
    }

    /** Suppresses the address in the whole account, as customers do. */
    public Suppression suppress(String email) {
        return suppress(email, "manual", null, false);
    }

    /**
     * @param reason manual, complaint, hard_bounce, soft_bounce or policy
     * @param sendingDomain null for the whole account
     * @param readOnly whether changes are answered with 403
     */
    public Suppression suppress(String email, String reason, String sendingDomain, boolean readOnly) {
        Scope scope = new Scope(sendingDomain);
        return ledger.get()
                .suppressions()
                .add(email, reason, scope, settings.clock().instant(), null, readOnly, null);
    }

    /** The next pages of the suppression list have at most these many entries; 0 makes an empty page that is not the end. */
    public void suppressionPages(Integer... sizes) {
        ledger.get().suppressions().pageSizes(List.of(sizes));
    }

    /** {@code 127.0.0.1:port} of the IMAP server: the login is the recipient's address, and any password will do. */
    public String imap() {
        return "127.0.0.1:" + mailboxes.port();
    }

    /** Every request so far, in the order in which they were read to the end, or as far as they came. */
    public List<Exchange> requests() {
        return ledger.get().requests();
    }

    /**
     * The requests so far, as soon as there are this many.
     *
     * @throws IllegalStateException if there are fewer after {@code atMost}
     */
    public List<Exchange> awaitRequests(int count, Duration atMost) throws InterruptedException {
        return ledger.get().awaitRequests(count, atMost);
    }

    /** Every accepted message so far, oldest first. */
    public List<Accepted> accepted() {
        return ledger.get().accepted();
    }

    /** The accepted messages, parsed; select by recipient, subject and more, and wait for one. */
    public Messages messages() {
        return new Messages(ledger::get);
    }

    /** The messages in this recipient's mailbox, oldest first, byte for byte as IMAP serves them; empty without a mailbox. */
    public List<byte[]> mailbox(String address) {
        return mailboxes.messages(address);
    }

    /** TCP connections accepted by the HTTP port since the start or the last {@link #reset()}. */
    public long connections() {
        return ledger.get().connections();
    }

    /** Queues faults: each of the next send requests, good or bad, takes one. */
    public void fail(Fault... faults) {
        ledger.get().fail(faults);
    }

    /** Queues faults for pulls and acknowledgements: each of the next such requests takes one. */
    public void failPulls(Fault... faults) {
        ledger.get().failPulls(faults);
    }

    /** How delivery events are published. */
    public DeliveryEvents events() {
        return events;
    }

    /**
     * Puts the clock forward, until {@link #reset}: quotas reset, suppressions expire, events come due.
     *
     * @param time not negative
     */
    public void advanceClock(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time: expected no negative duration, got " + time);
        }
        settings.clock().advance(time);
    }

    /** Publishes all events so far once more, as a queue may do late. */
    public void redeliverEvents() {
        events.redeliver(ledger.get());
    }

    /**
     * Forgets requests, accepted messages, faults, suppressions, mailboxes, events, messages in queues and the connection count, and
     * ends delays that are still running; the clock is right again. Domains, DNS, queues, subscriptions and token stay, and so do open HTTP connections.
     */
    public void reset() {
        events.reset();
        settings.clock().reset();
        ledger.getAndSet(new Ledger(mailboxes, settings.keep())).close();
        mailboxes.clear();
    }

    /** Stops both servers; running delays end at once and their clients see the connection close. */
    @Override
    public void close() {
        ledger.get().close();
        door.stop();
        dnsServer.stop();
        mailboxes.stop();
    }
}
