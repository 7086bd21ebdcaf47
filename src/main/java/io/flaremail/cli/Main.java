package io.flaremail.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line, such as {@code flaremail doctor}. Public because the Java runtime calls it; see src/main/launcher. */
@CommandLine.Command(
        name = "flaremail",
        versionProvider = Main.Version.class,
        description = "Manage email sending through Cloudflare.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:Success; for doctor and status: no problem found.",
            "  1:A problem was found, or Cloudflare refused the request.",
            "  2:Invalid command line, setting or file.",
            "  3:Cloudflare was not reached, or its response was unusable.",
            "  4:send: the message may have been sent. Do not send it again.",
            "  5:Success, but standard output could not be written, such as to a full disk.",
            "130:Interrupted; for send: the message may have been sent.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  export CLOUDFLARE_API_TOKEN=... CLOUDFLARE_ACCOUNT_ID=...",
            "  flaremail doctor --from billing@mail.example.com",
            "  flaremail subdomains create mail.example.com --wait",
            "  flaremail help suppressions import",
        },
        subcommands = {
            Doctor.class,
            Subdomains.class,
            Limits.class,
            SuppressionCommands.class,
            EventCommands.class,
            Send.class,
            CompletionCommand.class,
            HelpCommand.class,
            ManCommand.class
        })
public final class Main implements Runnable {
    @Mixin
    CommonOptions options = new CommonOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean version;

    /** Whether --json is among the arguments: parsing may fail before it gets there. */
    private boolean json;

    final ProcessEnvironment process;
    final Secrets secrets = new Secrets();

    Main(ProcessEnvironment process) {
        this.process = process;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        // HttpClient logs through SLF4J, which prints a warning on every run if it has no backend.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        Main main = new Main(ProcessEnvironment.current());
        // Libraries and loggers may print what comes from anywhere; standard output is for the answer alone.
        PrintStream others = Secrets.CleanLines.to(main.process.err, main.secrets);
        System.setErr(others);
        System.setOut(others);
        int exit = main.run(args);
        if (exit != ExitCode.OK) {
            System.exit(exit);
        }
    }

    static int run(String[] args, ProcessEnvironment process) {
        return new Main(process).run(args);
    }

    private int run(String[] args) {
        secrets.add(process.environment.apply("CLOUDFLARE_API_TOKEN"));
        json = Arrays.asList(args).contains("--json");
        int exit = unreadable(args) ? misspoken() : commandLine().execute(args);
        return process.out.checkError() ? unwritten(exit) : exit;
    }

    /** The Java runtime replaces characters unknown to the locale by this one; it must not be sent. */
    private static boolean unreadable(String[] args) {
        return Arrays.stream(args).anyMatch(each -> each.indexOf('\uFFFD') >= 0);
    }

    private int misspoken() {
        return Failures.tell(
                CliException.usage(
                        "the command line contains characters that the locale does not support: set LC_ALL=C.UTF-8"
                                + " or another UTF-8 locale"),
                page());
    }

    /** A reader that left, as in {@code flaremail ... | head}, has all it wants; a full disk is a problem. */
    private int unwritten(int exit) {
        if (process.outIsPipe) {
            return exit;
        }
        process.err.println("flaremail: standard output could not be written in full");
        return exit == ExitCode.OK ? ExitCode.UNWRITTEN : exit;
    }

    CommandLine commandLine() {
        CommandLine line = new CommandLine(this)
                .setExpandAtFiles(false) // a subject may begin with @
                .setOut(new java.io.PrintWriter(process.out, true))
                .setErr(new java.io.PrintWriter(process.err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        process.wantsColours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(this::misused)
                .setExecutionExceptionHandler(this::unexpected);
        HelpLayout.apply(line, process.width());
        Converters.register(line);
        return line;
    }

    Page page() {
        secrets.add(options.token);
        return new Page(process, secrets, json || options.json, options.noColor);
    }

    @Override
    public void run() {
        throw new ParameterException(commandLine(), "expected a command, such as doctor");
    }

    /** The version of this jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"flaremail " + Jar.version(Main.class).orElse("(not in a jar)")};
        }
    }

    private int misused(ParameterException wrong, String[] args) {
        String message = secrets.cleanUnknown(message(wrong));
        Page page = page();
        page.error(message, JsonText.object("error", JsonText.object("message", message)));
        if (!page.isJson()) {
            process.err.println(
                    "Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE;
    }

    /** Picocli lists all arguments after an unknown one, values included. */
    private static String message(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException)) {
            return wrong.getMessage();
        }
        UnmatchedArgumentException unmatched = (UnmatchedArgumentException) wrong;
        String first = unmatched.getUnmatched().get(0);
        List<String> near = unmatched.getSuggestions();
        boolean group = !wrong.getCommandLine().getSubcommands().isEmpty();
        String kind = first.startsWith("-") ? "option" : group ? "command" : "argument";
        return "unknown " + kind + " '" + first.replaceAll("=.*", "") + "'"
                + (near.isEmpty() ? "" : ". Did you mean " + near.get(0) + "?");
    }

    /** A bug outside any command. */
    private int unexpected(Exception bug, CommandLine line, CommandLine.ParseResult parsed) {
        return Failures.tell(bug, page());
    }
}
