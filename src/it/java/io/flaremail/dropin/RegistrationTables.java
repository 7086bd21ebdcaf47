package io.flaremail.dropin;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of META-INF-services-notes.md, of what was measured. */
record RegistrationTables(List<Sight> seen) {
    /** What finds us: for a reader who knows the mail implementation. */
    String matrix() {
        return table(
                List.of(
                        "`getTransport(\"cloudflare\")`",
                        "`Transport.send`",
                        "`mail.smtp.class`",
                        "others' `javamail.providers`"),
                List.of(
                        sight -> sight.isFound() ? "by `" + sight.winner() + "`" : "**no**",
                        sight -> yes(sight.byAddress()),
                        sight -> yes(sight.byAlias()),
                        RegistrationTables::others));
    }

    /** What would find us if not all files were shipped. */
    String files() {
        return table(
                List.of("services", "`javamail.providers`", "`jakarta.providers`", "services, `javamail`", "all three"),
                List.of(
                        by(RegistrationFiles.SERVICES),
                        by(RegistrationFiles.JAVAMAIL),
                        by(RegistrationFiles.JAKARTA),
                        by(RegistrationFiles.SERVICES_AND_JAVAMAIL),
                        by(RegistrationFiles.ALL)));
    }

    /** Who serves "smtp" beside the form jar. */
    static String smtp(List<SmtpSight> seen) {
        StringBuilder table = new StringBuilder("| mail implementation | after the mail jars | before them"
                + " | in an application, mail API in the server | the same, application's resources first"
                + " | after the mail jars, lines in `javamail.providers` of the Java runtime |\n");
        table.append("|---|---|---|---|---|---|\n");
        seen.forEach(sight -> table.append("| ")
                .append(sight.mail())
                .append(" | ")
                .append(Stream.of(sight.after(), sight.before(), sight.parent(), sight.childFirst(), sight.conf())
                        .map(RegistrationTables::yes)
                        .collect(Collectors.joining(" | ")))
                .append(" |\n"));
        return table.toString();
    }

    private String table(List<String> titles, List<Function<Sight, String>> columns) {
        StringBuilder table = new StringBuilder(
                        "| mail implementation | the mail API is in | " + String.join(" | ", titles) + " |\n")
                .append("|---".repeat(titles.size() + 2))
                .append("|\n");
        for (MailImplementation mail : MailImplementation.values()) {
            table.append(row(mail, "the same class path", columns, Layout.MAIL_FIRST, Layout.OURS_FIRST));
            table.append(row(mail, "a parent class loader", columns, Layout.PARENT));
        }
        return table.toString();
    }

    private String row(
            MailImplementation mail, String where, List<Function<Sight, String>> columns, Layout... layouts) {
        return columns.stream()
                .map(column -> cell(mail, column, layouts))
                .collect(Collectors.joining(" | ", "| " + mail + " | " + where + " | ", " |\n"));
    }

    /** One class path is one row: it is a line of its own only in the cells where the order of the jars decides. */
    private String cell(MailImplementation mail, Function<Sight, String> column, Layout... layouts) {
        List<String> answers = Arrays.stream(layouts)
                .map(layout -> column.apply(sight(mail, layout)))
                .distinct()
                .toList();
        return answers.size() == 1
                ? answers.get(0)
                : answers.get(0) + " after the mail jar, " + answers.get(1) + " before";
    }

    private Sight sight(MailImplementation mail, Layout layout) {
        return seen.stream()
                .filter(each -> each.mail() == mail && each.layout() == layout)
                .findFirst()
                .orElseThrow();
    }

    private static Function<Sight, String> by(RegistrationFiles files) {
        return sight -> yes(sight.byFiles().get(files));
    }

    private static String others(Sight sight) {
        return !sight.others() ? "not read" : sight.othersBesideUs() ? "read" : "**hidden by ours**";
    }

    private static String yes(boolean found) {
        return found ? "yes" : "**no**";
    }
}
