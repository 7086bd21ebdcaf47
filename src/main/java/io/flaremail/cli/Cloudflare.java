package io.flaremail.cli;

import io.flaremail.SessionSettings;
import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import io.flaremail.api.Zone;
import io.flaremail.config.Credentials;
import java.util.Optional;

/** A client of the API, configured by the settings. */
final class Cloudflare implements AutoCloseable {
    final CloudflareEmail client;
    private final Settings settings;

    private Cloudflare(CloudflareEmail client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    static Cloudflare open(Settings settings) throws CliException {
        String token = settings.tokenValue();
        CloudflareEmail.Builder client = SessionSettings.client(settings.transport());
        return new Cloudflare(client.token(token).listener(settings.log()).build(), settings);
    }

    String account() throws CliException {
        return settings.account();
    }

    /** The subdomains of {@code --zone}. */
    SendingSubdomains subdomains() throws CloudflareApiException, CliException {
        String zone = settings.zone().orElseThrow(() -> CliException.usage("no zone: give --zone with its id or name"));
        return client.subdomains(zoneId(zone));
    }

    /** The subdomains of {@code --zone}, or else of the zone that the domain is in, in the account if one is given. */
    SendingSubdomains subdomainsAround(String domain) throws CloudflareApiException, CliException {
        if (settings.zone().isPresent()) {
            return subdomains();
        }
        Optional<String> account = settings.accountIfAny().map(found -> found.id);
        Optional<Zone> found = account.isPresent()
                ? client.zones().findFor(domain, account.get())
                : client.zones().findFor(domain);
        return client.subdomains(
                found.orElseThrow(() -> noZoneHolds(domain, account)).getId());
    }

    /** The same for a diagnosis: without a usable account, or without a zone there, in any account. */
    SendingSubdomains subdomainsAnywhere(String domain) throws CloudflareApiException, CliException {
        if (settings.zone().isPresent()) {
            return subdomains();
        }
        Optional<Zone> found = hasAccount() ? client.zones().findFor(domain, settings.account()) : Optional.empty();
        if (!found.isPresent()) {
            found = client.zones().findFor(domain);
        }
        return client.subdomains(
                found.orElseThrow(() -> noZoneHolds(domain, Optional.empty())).getId());
    }

    private boolean hasAccount() {
        try {
            return settings.accountIfAny().isPresent();
        } catch (CliException e) {
            return false;
        }
    }

    private static CliException noZoneHolds(String domain, Optional<String> account) {
        return new CliException(
                ExitCode.WRONG,
                "no zone that this token can see" + in(account) + " holds " + domain
                        + ": check the spelling, give --zone with the zone's id, or give the token the"
                        + " permission Zone: Read");
    }

    /** The subdomain of this name. */
    static Subdomain require(SendingSubdomains subdomains, String name) throws CloudflareApiException, CliException {
        Optional<Subdomain> found = subdomains.find(name);
        return found.orElseThrow(() -> new CliException(
                ExitCode.WRONG,
                name + " is not onboarded. Run: " + Wrapped.whole("flaremail subdomains create " + name)));
    }

    private String zoneId(String zone) throws CloudflareApiException, CliException {
        if (Credentials.isAccount(zone)) {
            return zone;
        }
        Optional<String> account = settings.accountIfAny().map(found -> found.id);
        Optional<Zone> found = account.isPresent()
                ? client.zones().find(zone, account.get())
                : client.zones().find(zone);
        return found.map(Zone::getId)
                .orElseThrow(() -> new CliException(
                        ExitCode.WRONG,
                        "no zone " + zone + " that this token can see" + in(account)
                                + ": check the spelling, give the zone's id, or give"
                                + " the token the permission Zone: Read"));
    }

    private static String in(Optional<String> account) {
        return account.map(id -> " in account " + id).orElse("");
    }

    @Override
    public void close() {
        client.close();
    }
}
