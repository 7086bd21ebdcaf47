package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.DnsStatus;
import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import io.flaremail.dns.DnsCheck;
import io.flaremail.dns.DnsFinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks the sender's domain: onboarded, enabled, DNS ready for Cloudflare, and records published. */
final class DomainChecks {
    private final Settings settings;
    private final Diagnosis diagnosis;
    private final DnsCheck dns;

    DomainChecks(Settings settings, Diagnosis diagnosis, DnsCheck dns) {
        this.settings = settings;
        this.diagnosis = diagnosis;
        this.dns = dns;
    }

    void run(Cloudflare cloudflare, Optional<String> domain) {
        if (!domain.isPresent()) {
            diagnosis.add(Finding.skipped("Domain", "give a sender: --from billing@mail.example.com"));
            diagnosis.add(Finding.skipped("DNS", "give a sender first"));
            return;
        }
        try {
            look(cloudflare.subdomainsAnywhere(domain.get()), domain.get());
        } catch (CliException e) {
            boolean refused = e.exitCode == ExitCode.WRONG;
            diagnosis.add(Finding.wrong(
                    "Domain",
                    refused ? "no zone that this token can see holds " + domain.get() : e.getMessage(),
                    "check the spelling; give --zone with the zone's id; or give the token the permission Zone: Read"));
            diagnosis.add(Finding.skipped("DNS", "find the zone first"));
        } catch (CloudflareApiException e) {
            String advice = Failures.advice(e).orElse("try again later");
            diagnosis.add(
                    Failures.exitCode(e) == ExitCode.WRONG
                            ? Finding.wrong("Domain", e.getMessage(), advice)
                            : Finding.unknown("Domain", e.getMessage(), advice));
        }
    }

    private void look(SendingSubdomains subdomains, String domain) throws CloudflareApiException {
        Optional<Subdomain> found = subdomains.find(domain);
        if (!found.isPresent()) {
            diagnosis.add(Finding.wrong(
                    "Domain",
                    domain + " is not onboarded; each domain name needs its own onboarding",
                    Wrapped.whole("flaremail subdomains create " + domain + " --wait")));
            diagnosis.add(Finding.skipped("DNS", "onboard the domain first"));
            return;
        }
        diagnosis.add(
                found.get().isEnabled()
                        ? Finding.ok("Domain", domain + " is onboarded and enabled")
                        : Finding.wrong(
                                "Domain",
                                domain + " is onboarded, but not enabled",
                                Wrapped.whole("flaremail subdomains create " + domain + " --wait")
                                        + " enables it again"));
        status(subdomains.dnsStatus(found.get().getTag()), domain);
        published(dns.check(subdomains.dnsRecords(found.get().getTag()), diagnosis::asking));
    }

    private void status(DnsStatus status, String domain) {
        if (status.isReady()) {
            diagnosis.add(Finding.ok("DNS", "Cloudflare reports ready"));
        } else if (status.getProblems().isEmpty()) {
            diagnosis.add(
                    Finding.wrong("DNS", "Cloudflare reports " + status.getStatus(), DnsAdvice.about(status, domain)));
        }
        DnsAdvice.about(status.getProblems(), domain)
                .forEach((codes, remedy) -> diagnosis.add(
                        Finding.wrong("DNS", "Cloudflare reports " + status.getStatus() + ": " + codes, remedy.text)
                                .lines(remedy.lines())));
    }

    private void published(List<DnsFinding> findings) {
        long fine = findings.stream().filter(DnsFinding::isFine).count();
        if (fine == findings.size()) {
            diagnosis.add(Finding.ok("Records", "all " + fine + " records are published"));
            return;
        }
        Map<Boolean, List<DnsFinding>> unknown = findings.stream()
                .collect(Collectors.partitioningBy(finding -> finding.getState() == DnsFinding.State.UNKNOWN));
        DnsAdvice.about(unknown.get(false))
                .forEach((problem, remedy) -> diagnosis.add(
                        Finding.wrong("Records", problem, remedy.text).lines(remedy.lines())));
        DnsAdvice.about(unknown.get(true))
                .forEach((problem, remedy) -> diagnosis.add(Finding.unknown("Records", problem, remedy.text)));
    }
}
