package io.flaremail.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** What can be chosen about a {@link Sandbox} before it starts. */
public final class SandboxBuilder {
    private static final String HEX = "0123456789abcdef";
    private static final String TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static final String ACCOUNT_KIND = "account";

    private String account;
    private String zone = id();
    private String token = random(40, TOKEN);
    private final List<String> domains = new ArrayList<>();
    private final Map<String, String> otherTokens = new LinkedHashMap<>();
    private Path data;
    private String host = "127.0.0.1";
    private final Set<String> hostNames = new HashSet<>();
    private int port;
    private int imapPort;
    private int dnsPort;
    private Integer smtpPort;
    private URI relay;
    private int keep = Integer.MAX_VALUE;
    private boolean listDelivered;
    private boolean keepMessageId;
    private boolean anySender;
    private boolean acceptTraceFields;
    private Consumer<Accepted> onAccepted = accepted -> {};
    private boolean acceptAnyHeader;
    private boolean keepBodies = true;
    private boolean indexed;
    private UnaryOperator<String> echo = UnaryOperator.identity();
    private SSLContext tls;
    private String zoneName;
    private boolean wildcards;
    private int freshSends;
    private Duration freshTime = Duration.ZERO;
    private Quota quota = new Quota(ChronoUnit.DAYS, 100_000);
    private String cursorField = "cursor";
    private int bulkPerMinute = 10;
    private Duration eventDelay = Duration.ofSeconds(2);
    private boolean eventsInBase64;
    private final Set<String> verifiedDestinations = new HashSet<>();
    private boolean strict;
    private InstantSource clock = InstantSource.system();

    SandboxBuilder() {}

    /** As the service makes ids: 32 hexadecimal digits. */
    static String id() {
        return random(32, HEX);
    }

    static String random(int length, String alphabet) {
        return new SecureRandom()
                .ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }

    public SandboxBuilder account(String account) {
        this.account = account;
        return this;
    }

    public SandboxBuilder zone(String zone) {
        this.zone = zone;
        return this;
    }

    public SandboxBuilder token(String token) {
        this.token = token;
        return this;
    }

    /**
     * Keeps accounts, domains, suppressions, queues and messages in a database in this folder, so that they outlive the process, even
     * if it is killed. Accounts from there come after {@link #account}; without it, the first of them is the first.
     */
    public SandboxBuilder data(Path folder) {
        this.data = folder;
        return this;
    }

    /**
     * Adds an account with its own token, zones, domains, queues and mail; the same domains may send. The methods of
     * {@link Sandbox} are about the first account.
     */
    public SandboxBuilder otherAccount(String account, String token) {
        if (otherTokens.putIfAbsent(account, token) != null) {
            throw new IllegalArgumentException("otherAccount: " + account + " was given twice");
        }
        return this;
    }

    /** Adds an onboarded, enabled sending domain. The first call replaces the default, {@code example.com}. */
    public SandboxBuilder domain(String domain) {
        domains.add(domain);
        return this;
    }

    /**
     * The IP address on which all ports listen; {@code 0.0.0.0} for all of this machine's. Other machines can then read the mail, and
     * send. Default: {@code 127.0.0.1}.
     */
    public SandboxBuilder host(String address) {
        this.host = ListenAddress.of(address, Set.of()).host();
        return this;
    }

    /** A name by which HTTP clients may call this host, beside localhost and its address: that of a container, for example. */
    public SandboxBuilder allowHost(String name) {
        ListenAddress.of(host, Set.of(name));
        hostNames.add(name);
        return this;
    }

    /** The HTTP port; 0, the default, takes a free one. */
    public SandboxBuilder port(int port) {
        this.port = port;
        return this;
    }

    /** The IMAP port; 0, the default, takes a free one. */
    public SandboxBuilder imapPort(int imapPort) {
        this.imapPort = imapPort;
        return this;
    }

    /** The UDP port of the name server; 0, the default, takes a free one. */
    public SandboxBuilder dnsPort(int dnsPort) {
        this.dnsPort = dnsPort;
        return this;
    }

    /** Also takes mail by SMTP, from any sender and with any login, on this port; 0 takes a free one. Default: no SMTP. */
    public SandboxBuilder smtpPort(int smtpPort) {
        this.smtpPort = smtpPort;
        return this;
    }

    /**
     * Relays each accepted message once to an SMTP server, for recipients whose mailbox received it. Default: no relay.
     *
     * @param server such as {@code smtp://localhost:1025} or {@code smtps://user:password@mail.example.org}
     */
    public SandboxBuilder relay(URI server) {
        this.relay = server;
        return this;
    }

    /**
     * How many accepted messages are kept, with as many requests; the oldest are forgotten, and leave their mailboxes. By
     * default all are kept.
     */
    public SandboxBuilder keep(int messages) {
        this.keep = messages;
        return this;
    }

    /** Whether accepted addresses are listed in {@code delivered}. The live service has been seen not to. */
    public SandboxBuilder listDelivered(boolean listDelivered) {
        this.listDelivered = listDelivered;
        return this;
    }

    /** Answers with addresses in upper case: how the service echoes them is not known. */
    public SandboxBuilder echoUpperCase() {
        return echo(address -> address.toUpperCase(Locale.ROOT));
    }

    /** Answers with {@code Name <address>}: how the service echoes addresses is not known. */
    public SandboxBuilder echoWithName() {
        return echo(address -> "Echo <" + address + ">");
    }

    private SandboxBuilder echo(UnaryOperator<String> next) {
        UnaryOperator<String> before = echo;
        echo = address -> next.apply(before.apply(address));
        return this;
    }

    /** Leaves a message's own Message-ID as it is and answers with it. The live service replaces it. */
    public SandboxBuilder keepMessageId(boolean keepMessageId) {
        this.keepMessageId = keepMessageId;
        return this;
    }

    /** Lets every domain send, onboarded or not; one that was disabled still may not. The live service does not. */
    public SandboxBuilder anySender(boolean anySender) {
        this.anySender = anySender;
        return this;
    }

    /** Takes messages that carry a relay's trace headers. The live service has been seen to refuse them. */
    public SandboxBuilder acceptTraceFields(boolean acceptTraceFields) {
        this.acceptTraceFields = acceptTraceFields;
        return this;
    }

    /** Shown each accepted message, after the mailboxes have it and before the client sees the answer. */
    public SandboxBuilder onAccepted(Consumer<Accepted> onAccepted) {
        this.onAccepted = onAccepted;
        return this;
    }

    /** Takes messages without a From and with trace fields too, to show what a client sends. The live service refuses them. */
    public SandboxBuilder acceptAnyHeader(boolean acceptAnyHeader) {
        this.acceptAnyHeader = acceptAnyHeader;
        return this;
    }

    /** Whether requests and messages are remembered with their bytes. If not, mailboxes stay empty, and memory does too. */
    public SandboxBuilder keepBodies(boolean keepBodies) {
        this.keepBodies = keepBodies;
        return this;
    }

    /** For a sandbox that people search: the first search then does not have to read all messages. */
    SandboxBuilder indexed() {
        this.indexed = true;
        return this;
    }

    /** Speaks HTTPS with this context's key, and no plain HTTP. */
    public SandboxBuilder tls(SSLContext tls) {
        this.tls = tls;
        return this;
    }

    /** The name of the zone; by default the first domain's. Domains outside it get zones of their own. */
    public SandboxBuilder zoneName(String zoneName) {
        this.zoneName = zoneName.toLowerCase(Locale.ROOT);
        return this;
    }

    /** Whether the account may onboard {@code *.example.com}. */
    public SandboxBuilder wildcards(boolean wildcards) {
        this.wildcards = wildcards;
        return this;
    }

    /** A domain created over HTTP refuses this many sends with error 10203 before it takes one. Default: 0. */
    public SandboxBuilder freshFor(int sends) {
        this.freshSends = sends;
        return this;
    }

    /** A domain created over HTTP refuses all sends with error 10203 for so long by the {@link #clock}. Seen live: 25 to 107 s. */
    public SandboxBuilder freshFor(Duration time) {
        this.freshTime = time;
        return this;
    }

    /** The time of all that expires, resets or is stamped. Default: the system's. */
    public SandboxBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** Maximum messages per UTC day; further messages fail with error 10004. Default: 100,000. */
    public SandboxBuilder quotaPerDay(long messages) {
        this.quota = new Quota(ChronoUnit.DAYS, messages);
        return this;
    }

    /** Messages in an hour; more are answered with error 10004. */
    public SandboxBuilder quotaPerHour(long messages) {
        this.quota = new Quota(ChronoUnit.HOURS, messages);
        return this;
    }

    /** No quota: {@code /limits} then answers null for quota and usage. */
    public SandboxBuilder noQuota() {
        this.quota = null;
        return this;
    }

    /** Calls the cursor of the suppression list {@code next_cursor}, not {@code cursor}: clients should read both. */
    public SandboxBuilder nextCursor() {
        this.cursorField = "next_cursor";
        return this;
    }

    /** Bulk requests to the suppression list in any minute; more are answered with error 10004. 0 for no limit. Default: 10. */
    public SandboxBuilder bulkPerMinute(int requests) {
        this.bulkPerMinute = requests;
        return this;
    }

    /** How long after acceptance a recipient's first event happens, and after that each next one. Default: 2 s. */
    public SandboxBuilder eventDelay(Duration delay) {
        this.eventDelay = delay;
        return this;
    }

    /** Whether bodies of events are base64, as documented, not plain JSON text, as seen live. */
    public SandboxBuilder eventsInBase64(boolean base64) {
        this.eventsInBase64 = base64;
        return this;
    }

    /** An address that the account has verified: there are no events about it. */
    public SandboxBuilder verifiedDestination(String address) {
        verifiedDestinations.add(address.toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * Whether to be harsher where the service's behaviour is unknown, or was seen only sometimes. docs/sandbox-fidelity.md
     * lists the differences. Default: false.
     */
    public SandboxBuilder strict(boolean strict) {
        this.strict = strict;
        return this;
    }

    /** @throws IllegalStateException if a port or the folder cannot be used */
    public Sandbox start() {
        List<String> onboarded = domains.isEmpty() ? List.of("example.com") : List.copyOf(domains);
        String name = zoneName == null ? onboarded.get(0).toLowerCase(Locale.ROOT) : zoneName;
        Relay toServer = relay == null ? null : Relay.to(relay);
        Database database = data == null ? null : Database.open(data);
        try {
            List<AccountSettings> accounts = accounts(name, onboarded, Storage.of("", database));
            return new Sandbox(settings(accounts, database), database, toServer).open();
        } catch (RuntimeException e) {
            if (database != null) {
                database.close();
            }
            throw e;
        }
    }

    /** The chosen accounts, then those in the storage, where all are kept. */
    private List<AccountSettings> accounts(String zoneName, List<String> onboarded, Storage storage) {
        Map<String, AccountSettings> stored = new LinkedHashMap<>();
        storage.all(ACCOUNT_KIND, AccountSettings.class).forEach(each -> stored.put(each.id(), each));
        Map<String, AccountSettings> chosen = new LinkedHashMap<>();
        if (account != null || stored.isEmpty()) {
            String id = account == null ? id() : account;
            chosen.put(id, new AccountSettings(id, token, zone, zoneName, onboarded));
            if (otherTokens.containsKey(id)) {
                throw new IllegalArgumentException("otherAccount: " + id + " is the first account");
            }
        }
        otherTokens.forEach((id, its) -> chosen.put(id, new AccountSettings(id, its, id(), zoneName, onboarded)));
        requireDifferent(chosen.values());
        chosen.forEach((id, each) -> storage.put(ACCOUNT_KIND, id, each));
        storage.commit();
        Map<String, AccountSettings> all = new LinkedHashMap<>(chosen);
        stored.forEach(all::putIfAbsent);
        return all.values().stream()
                .map(each -> each.after(stored.get(each.id())))
                .toList();
    }

    /** The token of a request decides about its account. */
    private static void requireDifferent(Collection<AccountSettings> accounts) {
        if (accounts.stream().map(AccountSettings::token).distinct().count() < accounts.size()) {
            throw new IllegalArgumentException("token: expected another one for each account");
        }
    }

    private Settings settings(List<AccountSettings> accounts, Database database) {
        return new Settings(
                accounts,
                ListenAddress.of(host, hostNames),
                port,
                imapPort,
                dnsPort,
                smtpPort,
                keep,
                listDelivered,
                keepMessageId,
                anySender,
                acceptTraceFields,
                onAccepted,
                acceptAnyHeader,
                keepBodies,
                indexed || database != null,
                echo,
                tls,
                wildcards,
                freshSends,
                freshTime,
                quota,
                cursorField,
                bulkPerMinute,
                eventDelay,
                eventsInBase64,
                Set.copyOf(verifiedDestinations),
                strict,
                database != null,
                new AtomicLong(database == null ? 0 : database.lastSequence()),
                new AdjustableClock(clock));
    }
}
