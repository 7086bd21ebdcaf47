package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.DnsProblem;
import io.flaremail.api.DnsStatus;
import io.flaremail.api.ErrorAdvice;
import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import io.flaremail.dns.DnsCheck;
import io.flaremail.dns.DnsFinding;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The sender's domain: onboarded, enabled, its DNS ready for Cloudflare and published for the world. */
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
            return;
        }
        try {
            look(cloudflare.subdomainsAnywhere(domain.get()), domain.get());
        } catch (Trouble noZone) {
            boolean refused = noZone.exitCode == ExitCode.WRONG;
            diagnosis.add(Finding.wrong(
                    "Domain",
                    refused ? "no zone that this token can see holds " + domain.get() : noZone.getMessage(),
                    "check the spelling; give --zone with the zone's id; or give the token the permission Zone: Read"));
        } catch (CloudflareApiException failed) {
            String advice = ErrorAdvice.of(failed.getStatus(), failed.getErrors())
                    .map(ErrorAdvice::commandLineText)
                    .orElse("try again later");
            diagnosis.add(
                    Failures.exitCode(failed) == ExitCode.WRONG
                            ? Finding.wrong("Domain", failed.getMessage(), advice)
                            : Finding.unknown("Domain", failed.getMessage(), advice));
        }
    }

    private void look(SendingSubdomains subdomains, String domain) throws CloudflareApiException {
        Optional<Subdomain> found = subdomains.find(domain);
        if (!found.isPresent()) {
            diagnosis.add(Finding.wrong(
                    "Domain",
                    domain + " is not onboarded; each name is onboarded by itself",
                    "flaremail subdomains create " + domain + " --wait"));
            diagnosis.add(Finding.skipped("DNS", "onboard the domain first"));
            return;
        }
        diagnosis.add(
                found.get().isEnabled()
                        ? Finding.ok("Domain", domain + " is onboarded and enabled")
                        : Finding.wrong(
                                "Domain",
                                domain + " is onboarded, but not enabled",
                                "flaremail subdomains create " + domain + " --wait enables it again"));
        status(subdomains.dnsStatus(found.get().getTag()), domain);
        published(dns.check(subdomains.dnsRecords(found.get().getTag()), diagnosis::asking));
    }

    private void status(DnsStatus status, String domain) {
        if (status.isReady()) {
            diagnosis.add(Finding.ok("DNS", "Cloudflare calls it ready"));
        } else if (status.getProblems().isEmpty()) {
            diagnosis.add(
                    Finding.wrong("DNS", "Cloudflare calls it " + status.getStatus(), DnsAdvice.about(status, domain)));
        }
        for (DnsProblem problem : status.getProblems()) {
            diagnosis.add(Finding.wrong(
                    "DNS",
                    "Cloudflare calls it " + status.getStatus() + ": " + problem.getCode(),
                    DnsAdvice.about(problem, domain)));
        }
    }

    private void published(List<DnsFinding> findings) {
        long fine = findings.stream().filter(DnsFinding::isFine).count();
        if (fine == findings.size()) {
            diagnosis.add(Finding.ok("Records", "resolvers answer all " + fine + " of them"));
            return;
        }
        Set<String> told = new HashSet<>();
        for (DnsFinding finding : findings) {
            if (finding.getState() == DnsFinding.State.UNKNOWN) {
                String reason = finding.getFailure().map(Throwable::getMessage).orElse("");
                diagnosis.add(Finding.unknown("Records", "no server answers: " + reason, DnsAdvice.about(finding)));
                return; // for the others it would say the same
            }
            if (!finding.isFine() && told.add(DnsAdvice.about(finding))) {
                diagnosis.add(Finding.wrong(
                        "Records",
                        finding.getExpected().getType() + " "
                                + finding.getExpected().getName() + " is "
                                + finding.getState().name().toLowerCase(Locale.ROOT),
                        DnsAdvice.about(finding)));
            }
        }
    }
}
