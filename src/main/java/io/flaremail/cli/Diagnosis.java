package io.flaremail.cli;

import io.flaremail.dns.DnsRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The findings so far; each is printed at once. */
final class Diagnosis {
    private static final int INDENT = 12;

    /** Small, since these lines are long and are not wrapped. */
    private static final int RECORDS = 4;

    private final Page page;
    private final List<Finding> findings = new ArrayList<>();

    /** Shows which record is being looked up. */
    void asking(DnsRecord record) {
        page.asking(record);
    }

    Diagnosis(Page page) {
        this.page = page;
    }

    void add(Finding finding) {
        findings.add(finding);
        String mark = finding.kind == Finding.Kind.OK ? ": ok" : "";
        List<String> lines = Wrapped.lines(finding.text + mark, page.width() - INDENT);
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            String line = last && finding.kind == Finding.Kind.OK ? coloured(lines.get(i)) : lines.get(i);
            page.line((i == 0 ? label(finding) : Table.spaces(INDENT)) + line);
        }
        if (finding.remedy != null) {
            String arrow = Table.spaces(INDENT) + "-> ";
            for (String line : Wrapped.lines(finding.remedy, page.width() - INDENT - 3)) {
                page.line(arrow + page.strong(line));
                arrow = Table.spaces(INDENT + 3);
            }
        }
        finding.lines.forEach(line -> page.line(Table.spaces(RECORDS) + line));
    }

    private String label(Finding finding) {
        String label = finding.step + Table.spaces(INDENT - finding.step.length());
        return finding.kind == Finding.Kind.WRONG ? page.bad(label) : label;
    }

    private String coloured(String lastLine) {
        return lastLine.substring(0, lastLine.length() - 2) + page.good("ok");
    }

    /** @return the exit code */
    int conclude() {
        long wrong = count(Finding.Kind.WRONG);
        long unknown = count(Finding.Kind.UNKNOWN);
        String found = (wrong == 0 ? "No problem" : wrong == 1 ? "1 problem" : wrong + " problems") + " found";
        String rest = steps(Finding.Kind.UNKNOWN, "gave no result") + steps(Finding.Kind.SKIPPED, "skipped") + ".";
        page.line("");
        for (String line : Wrapped.lines(found + rest, page.width())) {
            page.line(line.replace(found, wrong + unknown == 0 ? page.good(found) : page.bad(found)));
        }
        page.json(JsonText.object(
                "ok",
                wrong + unknown == 0,
                "findings",
                findings.stream().map(Finding::json).collect(Collectors.toList())));
        return wrong > 0 ? ExitCode.WRONG : unknown > 0 ? ExitCode.UNREACHABLE : ExitCode.OK;
    }

    /** Such as {@code ; 2 checks were skipped: Provider, Protocol}. */
    private String steps(Finding.Kind kind, String result) {
        List<String> steps = findings.stream()
                .filter(finding -> finding.kind == kind)
                .map(finding -> finding.step)
                .distinct()
                .collect(Collectors.toList());
        String verb = result.startsWith("skipped") ? steps.size() == 1 ? " was " : " were " : " ";
        return steps.isEmpty()
                ? ""
                : "; " + steps.size() + (steps.size() == 1 ? " check" : " checks") + verb + result + ": "
                        + String.join(", ", steps);
    }

    private long count(Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind == kind).count();
    }
}
