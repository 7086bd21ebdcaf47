package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a sandbox until the process is told to end. */
@Command(
        name = "java -jar flaremail-sandbox.jar",
        sortOptions = false,
        usageHelpAutoWidth = true,
        versionProvider = SandboxMain.Version.class,
        description = {
            "Simulates the Cloudflare Email Sending API on 127.0.0.1 until you stop it.",
            "When it is ready, it prints one line of JSON to standard output: endpoint, account, zone, token, imap, dns,"
                    + " smtp (with --smtp), inbox, api_key. Standard error has the same values in readable form, and a line"
                    + " for each accepted message."
        })
public final class SandboxMain implements Callable<Integer> {
    static final int PORT = 8580;
    static final int IMAP_PORT = 8581;
    static final int DNS_PORT = 8582;
    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    static final String ZONE = "fedcba9876543210fedcba9876543210";
    static final String TOKEN = "sandbox-token-for-this-machine-only-0001";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** Any sender domain. */
    private static final String ANY = "*";

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", description = "HTTP port; 0 for a free one. Default: " + PORT + ".")
    private Integer port;

    @Option(
            names = "--imap-port",
            paramLabel = "N",
            description = "IMAP port of the recipients' mailboxes; 0 for a free one. Default: " + IMAP_PORT + ".")
    private Integer imapPort;

    @Option(
            names = "--dns-port",
            paramLabel = "N",
            description = "UDP port of the name server; 0 for a free one. Default: " + DNS_PORT + ".")
    private Integer dnsPort;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "IP address to listen on; 0.0.0.0 for all, as in a container. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name by which HTTP clients may call this host, beside localhost; may be repeated.")
    private List<String> allowedHosts = new ArrayList<>();

    @Option(names = "--account", paramLabel = "ID", description = "Account id. Default: " + ACCOUNT + ".")
    private String account;

    @Option(names = "--zone", paramLabel = "ID", description = "Zone id. Default: " + ZONE + ".")
    private String zone;

    @Option(names = "--token", paramLabel = "TOKEN", description = "The API token. Default: " + TOKEN + ".")
    private String token;

    @Option(
            names = "--random",
            description = "For tests: free ports, a random account, zone and token, unless other options set them.")
    private boolean random;

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            description =
                    "Onboarded sending domain; may be repeated. '*' lets every domain send. Default: example.com.")
    private List<String> domains = new ArrayList<>();

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Maximum messages kept per account; the oldest are deleted. Default: ${DEFAULT-VALUE}.")
    private int keep;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep accounts, domains, suppressions, queues and messages in a database in this folder,"
                    + " also after the process ends. Default: in memory.")
    private Path data;

    @Option(
            names = "--smtp",
            paramLabel = "N",
            description =
                    "Also receive mail by SMTP on this port, from any sender and with any login; 0 for a free one.")
    private Integer smtpPort;

    @Option(
            names = "--relay",
            paramLabel = "URL",
            description =
                    "Relay each accepted message once to an SMTP server, for recipients whose mailbox received it:"
                            + " smtp://host:port or smtps://user:password@host:port.")
    private String relay;

    @Option(
            names = "--other-account",
            paramLabel = "ID=TOKEN",
            description = "Another account, which has its own mail and may be repeated.")
    private Map<String, String> otherAccounts = new LinkedHashMap<>();

    @Option(
            names = "--event-delay",
            paramLabel = "MS",
            defaultValue = "2000",
            description = "Milliseconds from acceptance to the first delivery event. Default: ${DEFAULT-VALUE}.")
    private int eventDelay;

    @Option(
            names = "--event-body",
            paramLabel = "FORM",
            defaultValue = "json",
            description = "Bodies of events: json, as seen live, or base64, as documented. Default: ${DEFAULT-VALUE}.")
    private String eventBody;

    @Option(names = "--strict", description = "Use the stricter behaviour where the service's is unknown.")
    private boolean strict;

    @Option(names = "--help", usageHelp = true, description = "Print this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    private boolean version;

    private final PrintStream out;
    private final PrintStream err;

    private SandboxMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        int exit = run(List.of(args), System.out, System.err);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /** Answers 0 when the sandbox runs or help was asked for, 1 when a port cannot be had, 2 when an option is wrong. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        CommandLine command = new CommandLine(new SandboxMain(out, err));
        command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        command.setParameterExceptionHandler((e, rest) -> {
            err.println(e.getMessage() + " (--help lists the options)");
            return 2;
        });
        command.setExecutionExceptionHandler((e, ofCommand, result) -> {
            err.println(e.getMessage() + " (--help lists the options)");
            return 1;
        });
        return command.execute(args.toArray(String[]::new));
    }

    @Override
    public Integer call() {
        Sandbox sandbox = builder().onAccepted(this::tell).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(sandbox), "sandbox-close"));
        out.println(ready(sandbox));
        out.flush();
        err.print(greeting(sandbox));
        err.print(warning(host));
        return 0;
    }

    private void close(Sandbox sandbox) {
        try {
            sandbox.close();
        } catch (DatabaseException e) {
            err.println(e.getMessage());
        }
    }

    /** The builder that these options choose. */
    static SandboxBuilder builder(List<String> args) {
        SandboxMain main = new SandboxMain(System.out, System.err);
        new CommandLine(main).parseArgs(args.toArray(String[]::new));
        return main.builder();
    }

    private SandboxBuilder builder() {
        SandboxBuilder builder = Sandbox.builder()
                .port(port("--port", port, PORT))
                .imapPort(port("--imap-port", imapPort, IMAP_PORT))
                .dnsPort(port("--dns-port", dnsPort, DNS_PORT))
                .indexed()
                .keep(within("--keep", keep, 1, 1_000_000, "messages"))
                .eventDelay(Duration.ofMillis(within("--event-delay", eventDelay, 0, 86_400_000, "milliseconds")));
        given("--host", host, builder::host);
        allowedHosts.forEach(name -> given("--allow-host", name, builder::allowHost));
        if (account != null || !random) {
            builder.account(id("--account", account == null ? ACCOUNT : account));
        }
        if (zone != null || !random) {
            builder.zone(id("--zone", zone == null ? ZONE : zone));
        }
        if (token != null || !random) {
            builder.token(token("--token", token == null ? TOKEN : token));
        }
        if (data != null) {
            builder.data(data);
        }
        if (smtpPort != null) {
            builder.smtpPort(within("--smtp", smtpPort, 0, 65535, "a port"));
        }
        if (relay != null) {
            builder.relay(relay());
        }
        otherAccounts.forEach(
                (id, its) -> builder.otherAccount(id("--other-account", id), token("--other-account", its)));
        for (String domain : domains) {
            if (domain.equals(ANY)) {
                builder.anySender(true);
            } else {
                builder.domain(form("--domain", domain, "(?i)[a-z0-9.-]+", "a domain name or *"));
            }
        }
        form("--event-body", eventBody, "json|base64", "json or base64");
        return builder.eventsInBase64(eventBody.equals("base64")).strict(strict);
    }

    private void given(String option, String value, Consumer<String> use) {
        try {
            use.accept(value);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
        }
    }

    /** The value may have a password, so it is not shown. */
    private URI relay() {
        try {
            URI server = URI.create(relay);
            Relay.to(server).close();
            return server;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--relay: expected smtp://host:port or smtps://user:password@host:port");
        }
    }

    /** @param chosen null for the default */
    private int port(String option, Integer chosen, int fixed) {
        return chosen == null ? random ? 0 : fixed : within(option, chosen, 0, 65535, "a port");
    }

    private int within(String option, int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw wrong(option, what + " from " + least + " to " + most, "" + value);
        }
        return value;
    }

    private String id(String option, String value) {
        return form(option, value, "[0-9a-f]{32}", "32 hexadecimal digits");
    }

    /** The value may be a real token, so it is not shown. */
    private String token(String option, String value) {
        if (!value.matches("[\\x21-\\x7E]+")) {
            throw new ParameterException(
                    spec.commandLine(), option + ": expected a token in printable ASCII without spaces");
        }
        return value;
    }

    private String form(String option, String value, String pattern, String expected) {
        if (!value.matches(pattern)) {
            throw wrong(option, expected, value);
        }
        return value;
    }

    private ParameterException wrong(String option, String expected, String value) {
        return new ParameterException(
                spec.commandLine(), option + ": expected " + expected + ", got \"" + value + "\"");
    }

    private void tell(Accepted message) {
        String subject = message.subject();
        String line = LocalTime.now().format(TIME) + "  " + message.from() + " to "
                + String.join(", ", message.recipients()) + (subject == null ? "" : ": " + subject);
        err.println(line.replaceAll("\\p{Cntrl}", " "));
    }

    /** A line of JSON, for programs; new fields come at its end. */
    static String ready(Sandbox sandbox) {
        ObjectNode line = Answer.object()
                .put("endpoint", sandbox.endpoint().toString())
                .put("account", sandbox.account())
                .put("zone", sandbox.zone())
                .put("token", sandbox.token())
                .put("imap", sandbox.imap())
                .put("dns", sandbox.dnsServer());
        if (sandbox.hasSmtp()) {
            line.put("smtp", sandbox.smtp());
        }
        line.put("inbox", sandbox.inbox().toString());
        line.put("api_key", sandbox.apiKey());
        return line.toString();
    }

    /** @param address that the sandbox listens on */
    static String warning(String address) {
        return ListenAddress.of(address, Set.of()).isLoopback()
                ? ""
                : "Warning: the sandbox listens on " + address
                        + ": other machines can read its mail, and send with its token.\n\n";
    }

    private static String greeting(Sandbox sandbox) {
        return """

                Flaremail's sandbox is ready. %7$s
                Inbox: %8$s

                Session properties:
                %10$s

                Command line and other clients:
                  export MAIL_CLOUDFLARE_ENDPOINT=%1$s
                  export CLOUDFLARE_ACCOUNT_ID=%2$s
                  export CLOUDFLARE_API_TOKEN=%3$s

                Mailboxes: IMAP at %4$s; the user is the recipient's address, with any password.
                Senders: %5$s
                Behaviour: %9$s
                %6$s
                """.formatted(
                        sandbox.endpoint(),
                        sandbox.account(),
                        sandbox.token(),
                        sandbox.imap(),
                        sandbox.isAnySender() ? "at any domain" : "at " + String.join(", ", sandbox.domains()),
                        sandbox.hasSmtp() ? "SMTP: " + sandbox.smtp() + ", any sender, any login\n" : "",
                        sandbox.hasRelay() ? "It relays accepted messages." : "Nothing leaves this machine.",
                        sandbox.inbox(),
                        sandbox.isStrict() ? "strict" : "as documented or seen; --strict is harsher",
                        SessionProperties.map(sandbox).entrySet().stream()
                                .map(property -> "  " + property)
                                .collect(Collectors.joining("\n")));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = SandboxMain.class.getPackage().getImplementationVersion();
            return new String[] {"Flaremail sandbox " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
