package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * A running simulation of the Cloudflare Email Sending API: HTTP, IMAP, DNS and optionally SMTP, on 127.0.0.1 by default.
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
    private final Database database;
    private final Relay relay;
    private final SmtpService smtp;
    private final DnsZone dns;
    private final DnsServer dnsServer;
    private final Mailboxes mailboxes;
    private final Accounts accounts;
    private final SimulatedAccount first;
    private final Router own = new Router("/sandbox", "account");
    private final FrontDoor door;

    /**
     * @param database null if all is only in memory
     * @param relay null for none
     */
    Sandbox(Settings settings, Database database, Relay relay) {
        this.settings = settings;
        this.database = database;
        this.relay = relay;
        dns = new DnsZone(Storage.of("", database));
        dnsServer = new DnsServer(dns, settings.listen(), settings.dnsPort());
        mailboxes = new Mailboxes(settings.listen(), settings.imapPort(), this::messageLogs);
        accounts = new Accounts(settings.accounts().stream()
                .map(account -> new SimulatedAccount(
                        settings, account, dns, mailboxes, Storage.of(account.id(), database), relay))
                .toList());
        first = accounts.first();
        smtp = settings.smtpPort() == null ? null : new SmtpService(first, settings.listen(), settings.smtpPort());
        new InboxEndpoints(accounts).addTo(own);
        new RequestEndpoints().addTo(own);
        new StateEndpoints(accounts, settings, dns, this::addresses).addTo(own);
        new ControlEndpoints(this::reset, this::advanceClock).addTo(own);
        door = new FrontDoor(settings, accounts, own);
    }

    /** Where this sandbox listens, for its inbox. */
    private ObjectNode addresses() {
        ObjectNode addresses =
                Answer.object().put("endpoint", endpoint().toString()).put("imap", imap());
        return hasSmtp() ? addresses.put("smtp", smtp()) : addresses;
    }

    private List<MessageLog> messageLogs() {
        return accounts.all().stream()
                .map(account -> account.ledger().messages())
                .toList();
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
            if (smtp != null) {
                startSmtp();
            }
            door.start();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startSmtp() {
        smtp.start();
        if (relay != null && relay.isTo(smtp.port())) {
            throw new IllegalStateException("relay: expected another server, got the sandbox's own SMTP port");
        }
    }

    /** The base of all paths, as {@code https://api.cloudflare.com/client/v4} is the real one's; no slash at the end. */
    public URI endpoint() {
        return URI.create((settings.tls() == null ? "http" : "https") + "://" + at(door.port()) + "/client/v4");
    }

    private String at(int port) {
        return settings.listen().urlHost() + ":" + port;
    }

    /** The web inbox, for a browser. */
    public URI inbox() {
        return endpoint().resolve("/");
    }

    public String account() {
        return first.id();
    }

    public String zone() {
        return first.zone();
    }

    /** The API token of the first account: 40 characters, new at each start unless the builder was given one. */
    public String token() {
        return first.token();
    }

    /** The legacy API key, for the header fields X-Auth-Key and X-Auth-Email: 32 hexadecimal digits that depend on the token. */
    public String apiKey() {
        return first.access().apiKey();
    }

    /** For a Jakarta Mail session that sends to this sandbox through Flaremail; a new object for each call. */
    public Properties properties() {
        return SessionProperties.of(this);
    }

    /** The onboarded sending domains, enabled or not. */
    public List<String> domains() {
        return first.domains().names();
    }

    Router ownRouter() {
        return own;
    }

    boolean isStrict() {
        return settings.strict();
    }

    /** The endpoints of the simulated API, as {@link Router#describe} has them. */
    List<String> routes() {
        return first.router().describe();
    }

    boolean isAnySender() {
        return settings.anySender();
    }

    /** Onboards the domain when it is new, and lets it send. */
    public void enable(String domain) {
        first.domains().put(domain, true);
        first.commit();
    }

    /** The domain stays onboarded, or is so now, but may not send: error 10203. */
    public void disable(String domain) {
        first.domains().put(domain, false);
        first.commit();
    }

    /** An administrator's lock: changes to the domain are answered with error 2043. */
    public void lock(String domain, boolean locked) {
        first.domains().lock(domain, locked);
        first.commit();
    }

    /** The id of the zone around this domain; a domain that lies in none opens one of its own. */
    public String zone(String domain) {
        return first.zones().around(domain.toLowerCase(Locale.ROOT)).id();
    }

    /** The DNS of all zones, to look at and to put out of order. */
    public DnsZone dns() {
        return dns;
    }

    /** {@code 127.0.0.1:port} of a name server over UDP that serves {@link #dns()}; it runs from the first call on. */
    public String dnsServer() {
        return at(dnsServer.start());
    }

    /** Every active suppression as the list shows them: those for one sending domain first, the newest first. */
    public List<Suppression> suppressions() {
        return first.ledger().suppressions().active(settings.clock().instant());
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
        return first.ledger()
                .suppressions()
                .add(email, reason, scope, settings.clock().instant(), null, readOnly, null);
    }

    /** The next pages of the suppression list have at most these many entries; 0 makes an empty page that is not the end. */
    public void suppressionPages(Integer... sizes) {
        first.ledger().suppressions().pageSizes(List.of(sizes));
    }

    /** {@code 127.0.0.1:port} of the IMAP server: the login is the recipient's address, and any password is accepted. */
    public String imap() {
        return at(mailboxes.port());
    }

    /**
     * {@code 127.0.0.1:port} of the SMTP server.
     *
     * @throws IllegalStateException if the builder was given no {@link SandboxBuilder#smtpPort}
     */
    public String smtp() {
        if (smtp == null) {
            throw new IllegalStateException("smtp: this sandbox takes no mail by SMTP; see SandboxBuilder.smtpPort");
        }
        return at(smtp.port());
    }

    boolean hasRelay() {
        return relay != null;
    }

    boolean hasSmtp() {
        return smtp != null;
    }

    /** Every request so far, in the order in which they were read to the end, or as far as they came. */
    public List<Exchange> requests() {
        return first.ledger().requests();
    }

    /**
     * The requests so far, as soon as there are this many.
     *
     * @throws IllegalStateException if there are fewer after {@code atMost}
     */
    public List<Exchange> awaitRequests(int count, Duration atMost) throws InterruptedException {
        return first.ledger().awaitRequests(count, atMost);
    }

    /** Every accepted message so far, oldest first. */
    public List<Accepted> accepted() {
        return first.ledger().messages().all().stream()
                .map(ReceivedMessage::accepted)
                .toList();
    }

    /** The accepted messages, parsed; select by recipient, subject and more, and wait for one. */
    public Messages messages() {
        return first.messages();
    }

    /**
     * As {@link #messages()}, those of another account.
     *
     * @throws IllegalArgumentException if the account is unknown
     */
    public Messages messages(String account) {
        return accounts.find(account)
                .orElseThrow(() ->
                        new IllegalArgumentException("account: expected one of " + accounts.ids() + ", got " + account))
                .messages();
    }

    /** Sets the simulated outcome for an address, until {@link #reset()}. docs/sandbox.md lists the values.
     *
     * @param fate such as {@code bounce}
     * @throws IllegalArgumentException if the fate is unknown or the address is invalid
     */
    public void fate(String address, String fate) {
        try {
            first.ledger().fates().choose(address, fate);
            first.commit();
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The messages in this recipient's mailbox, oldest first, byte for byte as IMAP serves them; empty without a mailbox. */
    public List<byte[]> mailbox(String address) {
        return mailboxes.messages(address);
    }

    /** TCP connections accepted by the HTTP port since the start or the last {@link #reset()}. */
    public long connections() {
        return first.ledger().connections();
    }

    /** Queues faults: each of the next send requests, good or bad, takes one. */
    public void fail(Fault... faults) {
        first.ledger().fail(faults);
    }

    /** Queues faults for pulls and acknowledgements: each of the next such requests takes one. */
    public void failPulls(Fault... faults) {
        first.ledger().failPulls(faults);
    }

    /** How delivery events are published. */
    public DeliveryEvents events() {
        return first.events();
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
        first.events().redeliver(first.ledger());
    }

    /**
     * Forgets requests, accepted messages, faults, suppressions, mailboxes, events, messages in queues and the connection count, and
     * ends delays that are still running; the clock is right again. Domains, DNS, queues, subscriptions and token stay, and so do open HTTP connections.
     */
    public void reset() {
        settings.clock().reset();
        accounts.all().forEach(SimulatedAccount::reset);
        mailboxes.clear();
    }

    /** Stops all servers; running delays end at once and their clients see the connection close. */
    @Override
    public void close() {
        accounts.all().forEach(account -> account.ledger().cutDelays());
        door.stop();
        if (smtp != null) {
            smtp.stop();
        }
        // Not before: a message that a client is told is accepted must be kept.
        accounts.all().forEach(account -> account.ledger().close());
        if (relay != null) {
            relay.close();
        }
        dnsServer.stop();
        mailboxes.stop();
        if (database != null) {
            database.close();
        }
    }
}
