package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.EventHandler;
import io.flaremail.api.EventLoop;
import io.flaremail.api.MessageQueue;
import io.flaremail.api.PulledMessage;
import io.flaremail.bounces.BounceTarget;
import io.flaremail.bounces.BounceWriter;
import io.flaremail.bounces.ImapFolder;
import io.flaremail.bounces.Maildir;
import io.flaremail.bounces.MessageIdFolder;
import io.flaremail.bounces.MessageIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** Pulls delivery events, prints them, writes bounce mail, and acknowledges them. */
@picocli.CommandLine.Command(
        name = "listen",
        description = {
            "Print delivery events as they arrive, and acknowledge them.",
            "One line for each event, or one JSON document with --json. With --bounces, bounces and complaints are also"
                    + " stored as mail, in the format of SMTP servers; an event is acknowledged only after that. Runs"
                    + " until interrupted; finishes the current event first.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail events listen --once --json",
            "  flaremail events listen --bounces /var/mail/bounces \\",
            "      --ids /var/lib/app/message-ids",
            "  export FLAREMAIL_BOUNCES_PASSWORD=...",
            "  flaremail events listen \\",
            "      --bounces imaps://app@mail.example.com/INBOX",
        })
final class EventsListen extends Command {
    private static final String PASSWORD = "FLAREMAIL_BOUNCES_PASSWORD";

    /** How long the JVM waits at shutdown for the event that is being handled. */
    private static final long FINISHING_SECONDS = 10;

    @Option(
            names = "--queue",
            paramLabel = "NAME",
            defaultValue = EventCommands.QUEUE,
            description = "Queue to read. Default: ${DEFAULT-VALUE}.")
    String queue;

    @Option(
            names = "--once",
            description = "Exit when no more events are available; exit code 1 if an event was not handled.")
    boolean once;

    @Option(
            names = "--bounces",
            paramLabel = "DIR|URL",
            description = "Store bounces and complaints in this Maildir, or in an IMAP folder:"
                    + " imaps://user@host/FOLDER, with the password in " + PASSWORD + ".")
    String bounces;

    @Option(
            names = "--ids",
            paramLabel = "DIR",
            description = "The folder of mail.cloudflare.messageid.store, so that bounces name the application's"
                    + " Message-ID.")
    String ids;

    @Override
    int run(Settings settings, Page page) throws CliException, IOException {
        EventHandler bounceWriter = bounceWriter();
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            String account = cloudflare.account();
            MessageQueue found = cloudflare.client.queues(account).find(queue).orElseThrow(() -> noQueue());
            Printer printer = new Printer(page, bounceWriter);
            EventLoop loop =
                    cloudflare.client.deliveryEvents(account, found.getId()).listen(printer);
            printer.unwritable = loop::close;
            listen(once ? loop.untilEmpty() : loop, page);
            return printer.failures == 0 ? ExitCode.OK : ExitCode.WRONG;
        }
    }

    private CliException noQueue() {
        return new CliException(
                ExitCode.WRONG,
                "Queue " + queue + " not found. Run: "
                        + Wrapped.whole("flaremail events setup --queue " + queue + " --domain NAME"));
    }

    private static void listen(EventLoop loop, Page page) throws CloudflareApiException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread onInterrupt = new Thread(
                () -> {
                    loop.close();
                    try {
                        ended.await(FINISHING_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    page.finish();
                },
                "events-interrupted");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            loop.run();
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            } catch (IllegalStateException e) {
                // The JVM is shutting down.
            }
        }
    }

    private EventHandler bounceWriter() throws CliException {
        if (bounces == null) {
            if (ids != null) {
                throw CliException.usage("--ids requires --bounces");
            }
            return event -> {};
        }
        if (ids != null && !Files.isDirectory(Paths.get(ids))) {
            throw CliException.usage("--ids: folder " + ids + " not found");
        }
        try {
            MessageIds known = ids == null ? MessageIds.none() : MessageIdFolder.at(Paths.get(ids));
            return new BounceWriter(target(), known);
        } catch (IOException e) {
            throw CliException.usage(
                    "--bounces: cannot create the Maildir " + bounces + ": " + Input.reason(Paths.get(bounces), e), e);
        }
    }

    private BounceTarget target() throws CliException, IOException {
        if (!bounces.matches("(?i)imaps?:.*")) {
            if (bounces.contains("://")) {
                throw CliException.usage("--bounces: expected a folder, or imaps://user@host/FOLDER");
            }
            return Maildir.at(Paths.get(bounces));
        }
        if (!MailApi.isPresent()) {
            throw CliException.usage(
                    "--bounces: IMAP needs a mail API: set FLAREMAIL_CLASSPATH to the application's mail"
                            + " jars, such as 'lib/*'");
        }
        String password = process().environment.apply(PASSWORD);
        if (password == null || password.isEmpty()) {
            throw CliException.usage("--bounces: set the environment variable " + PASSWORD);
        }
        ((Main) spec.root().userObject()).secrets.add(password);
        ImapFolder folder;
        try {
            folder = ImapFolder.at(bounces, password, new Properties());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--bounces: " + e.getMessage(), e);
        }
        try {
            folder.verify();
        } catch (IOException e) {
            throw new CliException(ExitCode.WRONG, "--bounces: " + e.getMessage());
        }
        return folder;
    }

    /** Prints events and progress. */
    private static final class Printer implements EventHandler {
        private final Page page;
        private final EventHandler bounces;
        private Runnable unwritable = () -> {};
        private int failures;

        Printer(Page page, EventHandler bounces) {
            this.page = page;
            this.bounces = bounces;
        }

        @Override
        public void handle(DeliveryEvent event) throws Exception {
            bounces.handle(event);
            page.line(line(event));
            page.jsonLine(event.getJson());
            if (page.isUnwritable()) {
                unwritable.run(); // an event that was not printed must not be acknowledged
                throw new IOException("standard output could not be written");
            }
        }

        private static String line(DeliveryEvent event) {
            String kind = event.getKind() == DeliveryEvent.Kind.UNKNOWN
                    ? event.getType()
                    : event.getKind().name().toLowerCase(Locale.ROOT);
            return event.getTime()
                            .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                            .orElse("-") + "  " + kind
                    + Table.spaces(Math.max(1, 11 - kind.length())) + event.getRecipient() + "  "
                    + event.getMessageId()
                    + event.getExplanation().map(text -> "  " + text).orElse("");
        }

        @Override
        public void onFailure(DeliveryEvent event, Throwable failure) {
            if (page.isUnwritable()) {
                return; // the exit code tells
            }
            failures++;
            page.warning("Could not handle the event for " + event.getRecipient() + ", will retry: "
                    + (failure.getMessage() == null ? failure : failure.getMessage()));
        }

        @Override
        public void onUnreadable(PulledMessage message) {
            failures++;
            page.warning("Skipped message " + message.getId() + " (not acknowledged): "
                    + message.getProblem().orElse(""));
        }

        @Override
        public void onRequestFailure(CloudflareApiException failure) {
            page.warning("Request failed, will retry: " + failure.getMessage());
        }

        @Override
        public void onPull(int messages, long backlog) {
            page.activity(backlog > 0 ? backlog + " events in the queue" : "waiting for events");
        }
    }
}
