package io.flaremail.cli;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/** How help texts look: a short synopsis, and the options of all commands under a heading of their own. */
final class HelpLayout {
    /** Wider lines are hard to read; picocli refuses narrower ones. */
    private static final int WIDEST = 120;

    private static final int NARROWEST = 55;

    private HelpLayout() {}

    /** Also for all commands below. */
    static void apply(CommandLine line, int width) {
        CommandSpec spec = line.getCommandSpec();
        spec.usageMessage()
                .width(Math.max(NARROWEST, Math.min(WIDEST, width)))
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .synopsisSubcommandLabel("COMMAND")
                .descriptionHeading("%n")
                .commandListHeading("%nCommands:%n");
        spec.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpLayout::parameters);
        spec.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        line.getSubcommands().values().forEach(below -> apply(below, width));
    }

    static List<OptionSpec> own(CommandSpec spec) {
        return options(spec, option -> !isGlobal(option));
    }

    static List<OptionSpec> global(CommandSpec spec) {
        return options(spec, HelpLayout::isGlobal);
    }

    private static List<OptionSpec> options(CommandSpec spec, Predicate<OptionSpec> which) {
        return spec.options().stream()
                .filter(option -> !option.hidden() && which.test(option))
                .collect(Collectors.toList());
    }

    private static boolean isGlobal(OptionSpec option) {
        return option.inherited() || option.scopeType() == ScopeType.INHERIT;
    }

    private static String parameters(Help help) {
        String parameters = help.parameterList();
        return parameters.isEmpty() ? "" : String.format("%nArguments:%n") + parameters;
    }

    private static String options(Help help) {
        CommandSpec spec = help.commandSpec();
        return section(help, "Options", own(spec)) + section(help, "Global options", global(spec));
    }

    private static String section(Help help, String heading, List<OptionSpec> options) {
        return options.isEmpty()
                ? ""
                : String.format("%n" + heading + ":%n")
                        + help.optionListExcludingGroups(
                                options, help.createDefaultLayout(), null, help.parameterLabelRenderer());
    }
}
