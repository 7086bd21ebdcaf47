package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** Runs a sandbox until the process is told to end. */
public final class SandboxMain {
    private static final String USAGE = """
            Simulates the Cloudflare Email Sending API on 127.0.0.1 until it is killed.
            When it is ready, one line of JSON on standard output says where: endpoint, account, zone, token, imap, dns.

              --port <n>         HTTP port (default: a free one)
              --imap-port <n>    IMAP port of the recipients' mailboxes (default: a free one)
              --account <id>     account id (default: random)
              --zone <id>        zone id (default: random)
              --token <token>    the API token that is let in (default: random)
              --domain <name>    onboarded sending domain; may be repeated (default: example.com)
              --event-delay <ms> time from acceptance to the first delivery event (default: 2000)
              --event-body <how> bodies of events: json, as seen live (default), or base64, as documented
              --help             this text
            """;

    private SandboxMain() {}

    public static void main(String[] args) {
        int exit = run(List.of(args), System.out, System.err);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /** Answers 0 when the sandbox runs or help was asked for, 1 when a port cannot be had, 2 when an option is wrong. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        try {
            Sandbox sandbox = builder(args).start();
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-close"));
            out.println(ready(sandbox));
            out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + " (--help lists the options)");
            return 2;
        } catch (IllegalStateException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    static SandboxBuilder builder(List<String> args) {
        SandboxBuilder builder = Sandbox.builder();
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--port" -> builder.port(port(option, value(option, rest)));
                case "--imap-port" -> builder.imapPort(port(option, value(option, rest)));
                case "--account" -> builder.account(value(option, rest));
                case "--zone" -> builder.zone(value(option, rest));
                case "--token" -> builder.token(value(option, rest));
                case "--domain" -> builder.domain(value(option, rest));
                case "--event-delay" ->
                    builder.eventDelay(
                            Duration.ofMillis(number(option, value(option, rest), 86_400_000, "milliseconds")));
                case "--event-body" ->
                    builder.eventsInBase64(
                            oneOf(option, value(option, rest), "json", "base64").equals("base64"));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return builder;
    }

    private static String value(String option, Iterator<String> rest) {
        if (rest.hasNext()) {
            String value = rest.next();
            if (!value.isBlank()) {
                return value;
            }
        }
        throw new IllegalArgumentException(option + ": expected a value");
    }

    private static int port(String option, String value) {
        return number(option, value, 65535, "a port");
    }

    private static int number(String option, String value, int most, String what) {
        if (value.matches("\\d{1,9}") && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException(
                option + ": expected " + what + " from 0 to " + most + ", got \"" + value + "\"");
    }

    private static String oneOf(String option, String value, String... allowed) {
        if (List.of(allowed).contains(value)) {
            return value;
        }
        throw new IllegalArgumentException(
                option + ": expected " + String.join(" or ", allowed) + ", got \"" + value + "\"");
    }

    static String ready(Sandbox sandbox) {
        ObjectNode line = Answer.object()
                .put("endpoint", sandbox.endpoint().toString())
                .put("account", sandbox.account())
                .put("zone", sandbox.zone())
                .put("token", sandbox.token())
                .put("imap", sandbox.imap())
                .put("dns", sandbox.dnsServer());
        return line.toString();
    }
}
