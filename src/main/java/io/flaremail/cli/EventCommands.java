package io.flaremail.cli;

import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.EventSubscription;
import io.flaremail.api.EventSubscriptions;
import io.flaremail.api.MessageQueue;
import io.flaremail.api.PullConsumer;
import io.flaremail.api.Queues;
import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.Subdomain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The commands about delivery events. */
@picocli.CommandLine.Command(
        name = "events",
        description = "Receive delivery events: what happened to messages after they were accepted.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail events setup --domain mail.example.com",
            "  flaremail events status --domain mail.example.com",
            "  flaremail events listen --bounces /var/mail/bounces",
        },
        subcommands = {EventCommands.SetupCommand.class, EventCommands.StatusCommand.class, EventsListen.class})
final class EventCommands extends CommandGroup {
    /** The name of the queue unless another is given. */
    static final String QUEUE = "email-events";

    @picocli.CommandLine.Command(
            name = "setup",
            description = {
                "Set up delivery events for a domain.",
                "Creates a queue, a dead-letter queue for events that could not be handled, a pull consumer, and a"
                        + " subscription to all kinds of events. Safe to run again: existing resources are kept. The"
                        + " token needs the permissions Queues: Edit, Email Sending: Edit and Zone: Read.",
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail events setup --domain mail.example.com",
                "  flaremail events setup --domain mail.example.com \\",
                "      --queue billing-events",
            })
    static final class SetupCommand extends Command {
        /** Cloudflare's maximum, so that events survive hours in which the mailbox is down. */
        private static final int ATTEMPTS = 100;

        @Option(names = "--domain", required = true, paramLabel = "NAME", description = "Sending domain.")
        String domain;

        @Option(
                names = "--queue",
                paramLabel = "NAME",
                defaultValue = QUEUE,
                description = "Queue that receives the events. Default: ${DEFAULT-VALUE}.")
        String queue;

        @Option(names = "--move", description = "Move the domain's events to this queue if another one receives them.")
        boolean move;

        private final List<Object> done = new ArrayList<>();

        @Override
        int run(Settings settings, Page page) throws CliException, IOException {
            try (Cloudflare cloudflare = Cloudflare.open(settings)) {
                SendingSubdomains subdomains = cloudflare.subdomainsAround(domain);
                requireEnabled(Cloudflare.require(subdomains, domain));
                Queues queues = cloudflare.client.queues(cloudflare.account());
                EventSubscriptions subscriptions = cloudflare.client.eventSubscriptions(cloudflare.account());
                Optional<EventSubscription> there = subscriptions.find(domain);
                requireUnused(there, queues);
                MessageQueue events = queue(queues, queue, page);
                MessageQueue unhandled = queue(queues, queue + "-unhandled", page);
                consumer(queues, events, unhandled, page);
                readable(queues, unhandled, page);
                if (there.isPresent()) {
                    complete(subscriptions, there.get(), events, page);
                } else {
                    subscriptions.create(
                            "Flaremail " + domain,
                            subdomains.getZoneId(),
                            domain,
                            events.getId(),
                            DeliveryEvent.Kind.all());
                    tell("Subscription", "all events of " + domain, true, page);
                }
                page.text("Next: " + Wrapped.whole("flaremail events listen --queue " + queue));
                page.json(JsonText.object(
                        "domain", domain, "queue", events.getName(), "queue_id", events.getId(), "steps", done));
                return ExitCode.OK;
            }
        }

        private void requireEnabled(Subdomain subdomain) throws CliException {
            if (!subdomain.isEnabled()) {
                throw new CliException(
                        ExitCode.WRONG,
                        domain + " is not enabled. Run: " + Wrapped.whole("flaremail subdomains create " + domain));
            }
        }

        /** Before anything is created. */
        private void requireUnused(Optional<EventSubscription> there, Queues queues) throws IOException, CliException {
            if (move || !there.isPresent()) {
                return;
            }
            Optional<MessageQueue> receiver = EventChecks.queue(there.get(), queues);
            if (receiver.isPresent() && !receiver.get().getName().equals(queue)) {
                throw new CliException(
                        ExitCode.WRONG,
                        "The queue " + receiver.get().getName() + " already receives the events of " + domain
                                + ". Add --move to use " + queue + " instead.");
            }
        }

        private MessageQueue queue(Queues queues, String name, Page page) throws IOException {
            Optional<MessageQueue> found = queues.find(name);
            MessageQueue result = found.isPresent() ? found.get() : queues.create(name);
            tell("Queue", name, !found.isPresent(), page);
            return result;
        }

        private void consumer(Queues queues, MessageQueue events, MessageQueue unhandled, Page page)
                throws IOException, CliException {
            if (events.hasOtherConsumer()) {
                throw new CliException(
                        ExitCode.WRONG,
                        "a Worker consumes the queue " + events.getName()
                                + ", so it cannot be pulled from: give another" + " name with --queue");
            }
            PullConsumer wanted = PullConsumer.withDefaults()
                    .maxRetries(ATTEMPTS)
                    .visibilityTimeout(Duration.ofSeconds(60))
                    .deadLetterQueue(unhandled.getName());
            Optional<PullConsumer> there = queues.pullConsumer(events.getId());
            boolean kept = there.filter(EventChecks::keepsEvents).isPresent();
            if (!there.isPresent()) {
                queues.addPullConsumer(events.getId(), wanted);
            } else if (!kept) {
                queues.replacePullConsumer(events.getId(), there.get(), wanted);
            }
            tell("Consumer", "pull over HTTP, " + ATTEMPTS + " attempts, then " + unhandled.getName(), !kept, page);
        }

        /** So that events in the dead-letter queue can be read, too. */
        private void readable(Queues queues, MessageQueue unhandled, Page page) throws IOException {
            boolean missing = !queues.pullConsumer(unhandled.getId()).isPresent();
            if (missing) {
                queues.addPullConsumer(
                        unhandled.getId(), PullConsumer.withDefaults().maxRetries(ATTEMPTS));
            }
            tell("Consumer", "pull over HTTP from " + unhandled.getName(), missing, page);
        }

        private void complete(EventSubscriptions subscriptions, EventSubscription there, MessageQueue events, Page page)
                throws IOException {
            boolean elsewhere =
                    !there.getQueueId().filter(events.getId()::equals).isPresent();
            if (elsewhere) {
                subscriptions.setQueue(there.getId(), events.getId());
                tell("Subscription", "moved to " + events.getName(), true, page);
            }
            if (!there.getKinds().equals(DeliveryEvent.Kind.all())) {
                subscriptions.setKinds(there.getId(), DeliveryEvent.Kind.all());
                tell("Subscription", "all kinds of events", true, page);
            }
            if (!there.isEnabled()) {
                subscriptions.setEnabled(there.getId(), true);
                tell("Subscription", "enabled", true, page);
            }
            if (!elsewhere && there.isEnabled() && there.getKinds().equals(DeliveryEvent.Kind.all())) {
                tell("Subscription", "all events of " + domain, false, page);
            }
        }

        private void tell(String step, String what, boolean now, Page page) {
            page.line(step + Table.spaces(14 - step.length()) + what + (now ? ": done" : ": already exists"));
            done.add(JsonText.object("step", step, "what", what, "changed", now));
        }
    }

    @picocli.CommandLine.Command(
            name = "status",
            description = {
                "Check that a domain's delivery events reach a queue, and show the backlog.",
                "Exits with 1 if something is missing.",
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  flaremail events status --domain mail.example.com",
            })
    static final class StatusCommand extends Command {
        @Option(names = "--domain", required = true, paramLabel = "NAME", description = "Sending domain.")
        String domain;

        @Option(names = "--queue", paramLabel = "NAME", description = "Expected queue. Default: any.")
        String queue;

        @Override
        int run(Settings settings, Page page) throws CliException, IOException {
            try (Cloudflare cloudflare = Cloudflare.open(settings)) {
                Diagnosis diagnosis = new Diagnosis(page);
                new EventChecks(cloudflare.client, cloudflare.account(), diagnosis)
                        .run(domain, Optional.ofNullable(queue));
                return diagnosis.conclude();
            }
        }
    }
}
