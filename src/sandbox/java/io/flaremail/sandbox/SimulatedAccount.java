package io.flaremail.sandbox;

import java.time.Instant;

/** One account: its zones, domains, queues and mail, and the endpoints that show them to the owner of its token. */
final class SimulatedAccount {
    private final Settings settings;
    private final AccountSettings own;
    private final Mailboxes mailboxes;
    private final Storage storage;
    private final Zones zones;
    private final Domains domains;
    private final MessageQueues queues;
    private final DeliveryEvents events;
    private final Access access;
    private final Acceptance acceptance;
    private final Router router;
    private volatile Ledger ledger;

    SimulatedAccount(
            Settings settings, AccountSettings own, DnsZone dns, Mailboxes mailboxes, Storage storage, Relay relay) {
        this.settings = settings;
        this.own = own;
        this.mailboxes = mailboxes;
        this.storage = storage;
        queues = new MessageQueues(storage);
        zones = new Zones(new Zone(own.zone(), own.zoneName()), storage);
        domains = new Domains(settings, own.domains(), zones, dns, storage);
        access = new Access(own.id(), own.token(), zones);
        events = new DeliveryEvents(settings, own.id(), zones, queues);
        ledger = new Ledger(mailboxes, settings.keep(), storage);
        acceptance = new Acceptance(settings, events, relay);
        router = new Router("/client/v4").strict(StrictRequests.of(settings));
        new SendingEndpoints(settings, access, domains, acceptance).addTo(router);
        new QueueEndpoints(settings, access, queues).addTo(router);
        new QueueMessageEndpoints(settings, access, queues, events).addTo(router);
        new AnalyticsEndpoint(access, zones).addTo(router);
        new EventSubscriptionEndpoints(settings, access, queues, domains, events, storage).addTo(router);
        new SuppressionEndpoints(settings, access).addTo(router);
        new ZoneEndpoints(own.id(), access, zones).addTo(router);
        new SubdomainEndpoints(access, domains, dns).addTo(router);
    }

    String id() {
        return own.id();
    }

    String token() {
        return own.token();
    }

    String zone() {
        return own.zone();
    }

    /** Whether a segment of the path is its id or that of one of its zones. */
    boolean isNamedIn(Path path) {
        return path.segments().stream()
                .anyMatch(segment ->
                        segment.equals(own.id()) || zones.byId(segment).isPresent());
    }

    Zones zones() {
        return zones;
    }

    Domains domains() {
        return domains;
    }

    MessageQueues queues() {
        return queues;
    }

    DeliveryEvents events() {
        return events;
    }

    Access access() {
        return access;
    }

    Router router() {
        return router;
    }

    /** That of now: a reset begins another. */
    Ledger ledger() {
        return ledger;
    }

    Messages messages() {
        return new Messages(this::ledger);
    }

    Instant now() {
        return settings.clock().instant();
    }

    /** Domains, DNS, queues and subscriptions stay. */
    synchronized void reset() {
        events.reset();
        Ledger before = ledger;
        before.close(); // so that nothing is added to the storage any more
        before.messages().forgetAll();
        Ledger.clear(storage);
        ledger = new Ledger(mailboxes, settings.keep(), storage);
        storage.commit();
    }

    /**
     * Accepts a message that came by SMTP, and returns its id, angle brackets included.
     *
     * @param fromRelay whether a sandbox relayed it: it is not relayed again
     * @throws IllegalStateException if the sandbox is reset or closed meanwhile: the message is not kept
     */
    String takeBySmtp(Submission submission, boolean fromRelay) {
        byte[] message = submission.message().bytes();
        Ledger now = ledger();
        AcceptedFacts accepted =
                acceptance.acceptBySmtp(submission, StoredRequest.inMemory(new byte[0], message), fromRelay, now);
        commit();
        if (now.messages().isClosed()) {
            throw new IllegalStateException("The sandbox was reset or closed");
        }
        return accepted.messageId();
    }

    /** Makes the changes so far outlive the process, if they are kept in a database. */
    void commit() {
        storage.commit();
    }
}
