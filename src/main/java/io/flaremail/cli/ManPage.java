package io.flaremail.cli;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page of the command line and all its commands, in the man(7) macros of roff. */
final class ManPage {
    private static final String[][] ENVIRONMENT = {
        {"CLOUDFLARE_API_TOKEN", "API token, unless an option or property gives one."},
        {"CLOUDFLARE_ACCOUNT_ID", "Account id, unless an option or property gives one."},
        {"MAIL_CLOUDFLARE_ENDPOINT", "API endpoint, unless an option or property gives one."},
        {"MAIL_CLOUDFLARE_*", "Other options of the transport, such as MAIL_CLOUDFLARE_PROXY_HOST."},
        {"NO_COLOR", "If set and not empty, print without colors."},
        {"COLUMNS", "Width of texts. The launcher sets it to the width of the terminal."},
        {"FLAREMAIL_JAR", "Drop-in jar that the launcher runs. Default: the one beside it."},
        {"FLAREMAIL_CLASSPATH", "Jars of an application, for doctor."},
        {"JAVA_HOME", "Java runtime that the launcher uses. Default: java from PATH."},
    };

    private final StringBuilder roff = new StringBuilder();

    private ManPage() {}

    static String of(CommandLine root, String version) {
        ManPage page = new ManPage();
        CommandSpec spec = root.getCommandSpec();
        String name = spec.name();
        page.line(".TH " + name.toUpperCase(java.util.Locale.ROOT) + " 1 \"\" \"" + text(version) + "\"");
        page.line(".SH NAME").line(text(name) + " \\- " + text(first(spec).replaceAll("\\.$", "")));
        page.line(".SH SYNOPSIS").synopsis(root);
        page.line(".SH COMMANDS").commands(root);
        page.line(".SH GLOBAL OPTIONS");
        HelpLayout.global(spec).forEach(page::option);
        HelpLayout.own(spec).forEach(page::option);
        page.line(".SH EXIT STATUS");
        spec.usageMessage().exitCodeList().forEach((code, meaning) -> page.item(code.trim(), meaning));
        page.line(".SH ENVIRONMENT");
        Arrays.stream(ENVIRONMENT).forEach(each -> page.item(each[0], each[1]));
        page.line(".SH EXAMPLES").example(spec);
        return page.roff.toString();
    }

    private void commands(CommandLine command) {
        for (CommandLine below : command.getSubcommands().values()) {
            CommandSpec spec = below.getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            line(".SS " + text(spec.qualifiedName())).synopsis(below);
            for (String paragraph : spec.usageMessage().description()) {
                line(".PP").line(text(paragraph));
            }
            spec.positionalParameters().forEach(each -> item(each.paramLabel(), description(each)));
            HelpLayout.own(spec).forEach(this::option);
            line(".PP").example(spec);
            commands(below);
        }
    }

    private void synopsis(CommandLine command) {
        String synopsis = command.getHelp().abbreviatedSynopsis().trim();
        String name = command.getCommandSpec().qualifiedName();
        line(".B " + text(name)).line(text(synopsis.substring(name.length()).trim()));
    }

    private void option(OptionSpec option) {
        boolean switches = option.arity().max() == 0;
        boolean optional = option.arity().min() == 0;
        String value = switches ? "" : optional ? "[=" + option.paramLabel() + "]" : "=" + option.paramLabel();
        item(String.join(", ", option.names()) + value, description(option));
    }

    private static String description(ArgSpec arg) {
        return String.join(" ", arg.description());
    }

    /** A term in bold, and what it means. */
    private void item(String term, String meaning) {
        line(".TP").line(".B " + text(term)).line(text(meaning));
    }

    private void example(CommandSpec spec) {
        line(".nf");
        Arrays.stream(spec.usageMessage().footer()).forEach(each -> line(text(each)));
        line(".fi");
    }

    private static String first(CommandSpec spec) {
        return spec.usageMessage().description()[0];
    }

    private ManPage line(String line) {
        roff.append(line).append('\n');
        return this;
    }

    /** Text as it is: without escapes, and without requests at its beginning. */
    private static String text(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }
}
