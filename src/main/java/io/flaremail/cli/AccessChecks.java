package io.flaremail.cli;

import io.flaremail.SessionSettings;
import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.SendingLimits;
import io.flaremail.api.Zone;
import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.Credentials;
import io.flaremail.config.OptionReader;
import io.flaremail.dns.DnsCheck;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Checks token, endpoint and account, and with access the sender's domain and the quota. */
final class AccessChecks {
    private final Settings settings;
    private final Diagnosis diagnosis;
    private final Optional<String> domain;
    private final DnsCheck dns;

    /** Null if there is none that can be used; the same for the account. */
    private String token;

    private String account;

    AccessChecks(Settings settings, Diagnosis diagnosis, Optional<String> domain, DnsCheck dns) {
        this.settings = settings;
        this.diagnosis = diagnosis;
        this.domain = domain;
        this.dns = dns;
    }

    void run() {
        token();
        boolean endpoint = endpoint();
        account();
        if (token == null || !endpoint) {
            skipAll("fix the problem above first");
            return;
        }
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            ask(cloudflare);
        } catch (CliException e) {
            boolean listedBelow =
                    !SessionSettings.malformed(settings.properties()).isEmpty()
                            || !OptionChecks.malformed(settings).isEmpty();
            if (!listedBelow) {
                diagnosis.add(Finding.wrong("Options", e.getMessage(), "correct it"));
            }
            skipAll("fix the properties first");
        }
    }

    private void ask(Cloudflare cloudflare) {
        SendingLimits limits = null;
        try {
            if (account != null) {
                limits = cloudflare.client.sending(account).limits();
                diagnosis.add(Finding.ok("Access", "Cloudflare accepts the token for this account"));
                zone(cloudflare).ifPresent(this::requireAccount);
            } else {
                diagnosis.add(Finding.skipped("Access", accountAdvice(cloudflare)));
            }
        } catch (CloudflareApiException e) {
            diagnosis.add(AccessAdvice.about(e, token, account, zone(cloudflare)));
            if (e.getStatus() != 403 && e.getStatus() != 404) {
                ClockCheck.run(settings.log(), diagnosis);
                skipDomain("fix the access first");
                return;
            }
        }
        ClockCheck.run(settings.log(), diagnosis);
        new DomainChecks(settings, diagnosis, dns).run(cloudflare, domain);
        QuotaCheck.run(limits, diagnosis);
        if (account != null && domain.isPresent()) {
            new EventChecks(cloudflare.client, account, diagnosis).runForDoctor(domain.get());
        }
    }

    private void token() {
        try {
            token = settings.tokenValue();
            diagnosis.add(Finding.ok("Token", "found in " + settings.token()));
        } catch (CliException e) {
            diagnosis.add(AccessAdvice.aboutToken(e));
        }
    }

    /** A token may have access to two accounts; a domain belongs to one. */
    private void requireAccount(Zone zone) {
        String owner = zone.getAccountId().orElse(account);
        if (!owner.equalsIgnoreCase(account)) {
            diagnosis.add(Finding.wrong(
                    "Account",
                    "zone " + zone.getName() + " belongs to another account; this account cannot send from it",
                    "use account " + owner));
        }
    }

    private boolean endpoint() {
        try {
            URI endpoint = settings.endpoint();
            diagnosis.add(Finding.ok("Endpoint", endpoint + endpointSource()));
            return true;
        } catch (CliException e) {
            diagnosis.add(Finding.wrong("Endpoint", e.getMessage(), "remove it; the default is Cloudflare's endpoint"));
            return false;
        }
    }

    private String endpointSource() {
        OptionReader options = settings.options();
        boolean given = options.isSet(CloudflareProperty.ENDPOINT);
        return " (" + (given ? options.source(CloudflareProperty.ENDPOINT) : "default") + ")";
    }

    private void account() {
        try {
            Optional<Credentials.Account> found = settings.accountIfAny();
            account = found.map(each -> each.id).orElse(null);
            diagnosis.add(
                    found.isPresent()
                            ? Finding.ok("Account", account + " (" + found.get().source + ")")
                            : AccessAdvice.aboutMissingAccount());
        } catch (CliException e) {
            diagnosis.add(AccessAdvice.aboutMalformedAccount(e));
        }
    }

    private String accountAdvice(Cloudflare cloudflare) {
        return zone(cloudflare)
                .flatMap(zone -> zone.getAccountId().map(id -> "the account of zone " + zone.getName() + " is " + id))
                .orElse("give an account first");
    }

    /** The zone of the sender's domain, which names its account. */
    private Optional<Zone> zone(Cloudflare cloudflare) {
        try {
            return domain.isPresent() ? cloudflare.client.zones().findFor(domain.get()) : Optional.empty();
        } catch (CloudflareApiException e) {
            return Optional.empty();
        }
    }

    private void skipAll(String why) {
        diagnosis.add(Finding.skipped("Access", why));
        skipDomain(why);
    }

    private void skipDomain(String why) {
        diagnosis.add(Finding.skipped("Domain", why));
        diagnosis.add(Finding.skipped("DNS", why));
        diagnosis.add(Finding.skipped("Quota", why));
    }

    /** Checks whether there is quota left. */
    static final class QuotaCheck {
        private QuotaCheck() {}

        /** @param limits null if they are unknown */
        static void run(SendingLimits limits, Diagnosis diagnosis) {
            if (limits == null) {
                diagnosis.add(Finding.skipped("Quota", "fix the access first"));
            } else if (!limits.getLeft().isPresent()) {
                diagnosis.add(Finding.ok("Quota", "Cloudflare reports no limit"));
            } else {
                diagnosis.add(judge(limits));
            }
        }

        private static Finding judge(SendingLimits limits) {
            String used =
                    limits.getSent().get() + " of " + limits.getQuota().get() + " a " + Limits.unit(limits) + " used";
            if (limits.getLeft().get() > 0) {
                return Finding.ok("Quota", used + ", " + limits.getLeft().get() + " left");
            }
            return Finding.wrong(
                    "Quota",
                    used + ", none left",
                    "wait until " + limits.getResetsAt().map(Object::toString).orElse("the next " + Limits.unit(limits))
                            + ", or ask Cloudflare for a higher quota");
        }
    }

    /** Checks the clock of this machine against the {@code Date} of the API's responses. */
    static final class ClockCheck {
        /** Less may be the network. Cloudflare has been seen to lose a message whose Date was seven minutes ahead. */
        private static final Duration MOST = Duration.ofMinutes(5);

        private ClockCheck() {}

        /** Adds no finding if no response had a date. */
        static void run(ApiLog log, Diagnosis diagnosis) {
            Optional<Duration> error = log.clockError();
            if (!error.isPresent()) {
                return;
            }
            Duration size = error.get().abs();
            diagnosis.add(
                    size.compareTo(MOST) > 0
                            ? Finding.wrong(
                                    "Clock",
                                    "the clock of this machine is " + text(size)
                                            + (error.get().isNegative() ? " behind" : " ahead of") + " Cloudflare's",
                                    "set the clock, for example with NTP: messages with a Date in the future may be lost")
                            : Finding.ok("Clock", "agrees with Cloudflare's"));
        }

        private static String text(Duration size) {
            long minutes = size.toMinutes();
            return minutes < 120 ? minutes + " minutes" : size.toHours() + " hours";
        }
    }
}
