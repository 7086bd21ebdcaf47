package io.flaremail.cli;

import io.flaremail.api.DnsFinding;
import io.flaremail.api.DnsProblem;
import io.flaremail.api.DnsRecord;
import io.flaremail.api.DnsStatus;

/** What to do about a domain's DNS. */
final class DnsAdvice {
    private DnsAdvice() {}

    static String about(DnsProblem problem, String domain) {
        switch (problem.getCode()) {
            case "mx.missing":
            case "spf.missing":
            case "dkim.missing":
            case "dmarc.missing":
                return problem.getMissing()
                                .map(record -> "publish " + record + ", or ")
                                .orElse("")
                        + repair(domain);
            case "mx.foreign":
                return "remove the MX record of another service" + existing(problem) + ", or send from another name";
            case "spf.foreign":
                return "put Cloudflare's include into the SPF record" + existing(problem);
            case "spf.multiple":
                return "keep one SPF record, and merge what the others say into it";
            case "dkim.conflict":
                return "remove the other DKIM key" + existing(problem) + ", then " + repair(domain);
            case "dmarc.multiple":
                return "keep one DMARC record";
            case "domainkey.delegated":
                return "the name _domainkey is delegated to another server: publish the DKIM record there";
            default:
                return repair(domain);
        }
    }

    static String about(DnsStatus status, String domain) {
        return status.getStatus().equals("unlocked")
                ? repair(domain) + "; sending may work all the same"
                : repair(domain) + "; a domain just onboarded needs up to two minutes";
    }

    /** What is wrong with what resolvers answer; for findings that are not fine. */
    static String about(DnsFinding finding) {
        DnsRecord expected = finding.getExpected();
        switch (finding.getState()) {
            case MISSING:
                // The record last, so that it can be copied.
                return "wait, if you just published it, for resolvers to forget that it was not there; otherwise publish "
                        + expected;
            case DIFFERENT:
                return "replace " + finding.getOthers().get(0) + " by " + expected;
            case CONFLICTING:
                return "remove " + finding.getOthers().get(0) + ", there may be only one";
            default:
                return "ask other servers with --resolver, such as 1.1.1.1";
        }
    }

    private static String existing(DnsProblem problem) {
        return problem.getExisting().map(record -> " " + record).orElse("");
    }

    private static String repair(String domain) {
        return "flaremail subdomains repair " + domain;
    }
}
