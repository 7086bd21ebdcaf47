package io.flaremail.cli;

import io.flaremail.api.DnsProblem;
import io.flaremail.api.DnsStatus;
import io.flaremail.api.Subdomain;
import io.flaremail.dns.DnsFinding;
import io.flaremail.dns.DnsRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** DNS records and what is wrong with them, for people and for machines. */
final class DnsText {
    private DnsText() {}

    /** The value has a line of its own: it is long, and to be copied. */
    static void records(List<DnsRecord> records, Page page) {
        for (DnsRecord record : records) {
            page.line(page.strong(String.format("%-5s", record.getType())) + record.getName());
            page.line("     " + value(record));
        }
    }

    /** @return the exit code */
    static int show(Subdomain subdomain, DnsStatus status, Page page) {
        page.line(subdomain.getName() + ": DNS "
                + (status.isReady() ? page.good("ready") : page.bad(status.getStatus())));
        DnsAdvice.about(status.getProblems(), subdomain.getName()).forEach((codes, remedy) -> {
            page.text("  " + codes + ": " + remedy.text);
            remedy.lines().forEach(record -> page.line("    " + record));
        });
        if (!status.isReady() && status.getProblems().isEmpty()) {
            page.text("  " + DnsAdvice.about(status, subdomain.getName()));
        }
        page.json(JsonText.object(
                "name",
                subdomain.getName(),
                "status",
                status.getStatus(),
                "ready",
                status.isReady(),
                "problems",
                status.getProblems().stream()
                        .map(problem -> problem(problem, subdomain.getName()))
                        .collect(Collectors.toList())));
        return status.isReady() ? ExitCode.OK : ExitCode.WRONG;
    }

    /** Each record and its state; below, what to do. */
    static void findings(List<DnsFinding> findings, Page page) {
        findings.forEach(finding -> finding(finding, page));
        DnsAdvice.about(findings).forEach((problem, remedy) -> {
            page.line("");
            page.text(problem + ": " + remedy.text);
            remedy.lines().forEach(record -> page.line("    " + record));
        });
    }

    private static void finding(DnsFinding finding, Page page) {
        String state = word(finding);
        page.line((finding.isFine() ? page.good(state) : page.bad(state))
                + Table.spaces(12 - state.length())
                + String.format("%-5s", finding.getExpected().getType())
                + finding.getExpected().getName());
        if (!finding.getOthers().isEmpty()) {
            page.line("            expected: " + value(finding.getExpected()));
        }
        finding.getOthers().forEach(other -> page.line("            found:    " + value(other)));
    }

    static int exitCode(List<DnsFinding> findings) {
        boolean unknown = findings.stream().anyMatch(finding -> finding.getState() == DnsFinding.State.UNKNOWN);
        boolean wrong = findings.stream()
                .anyMatch(finding -> !finding.isFine() && finding.getState() != DnsFinding.State.UNKNOWN);
        return wrong ? ExitCode.WRONG : unknown ? ExitCode.UNREACHABLE : ExitCode.OK;
    }

    static String value(DnsRecord record) {
        return record.getPriority().map(priority -> priority + " ").orElse("") + record.getContent();
    }

    static List<Map<String, Object>> json(List<DnsRecord> records) {
        return records.stream().map(DnsText::json).collect(Collectors.toList());
    }

    static List<Map<String, Object>> jsonOfFindings(List<DnsFinding> findings) {
        return findings.stream()
                .map(finding -> JsonText.object(
                        "state",
                        word(finding),
                        "fine",
                        finding.isFine(),
                        "expected",
                        json(finding.getExpected()),
                        "others",
                        json(finding.getOthers()),
                        "failure",
                        finding.getFailure().map(Throwable::getMessage)))
                .collect(Collectors.toList());
    }

    private static String word(DnsFinding finding) {
        return finding.getState().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> json(DnsRecord record) {
        return JsonText.object(
                "type",
                record.getType(),
                "name",
                record.getName(),
                "content",
                record.getContent(),
                "priority",
                record.getPriority(),
                "ttl",
                record.getTtl());
    }

    private static Map<String, Object> problem(DnsProblem problem, String domain) {
        return JsonText.object(
                "code",
                problem.getCode(),
                "existing",
                problem.getExisting().map(DnsText::json),
                "missing",
                problem.getMissing().map(DnsText::json),
                "multiple",
                json(problem.getMultiple()),
                "remedy",
                DnsAdvice.about(problem, domain).toString());
    }
}
