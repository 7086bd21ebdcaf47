package io.flaremail.sandbox;

import java.util.List;

/** From here on a message is accepted: its recipients get their outcomes, and it is kept and relayed. */
final class Acceptance {
    private final Settings settings;
    private final DeliveryEvents events;
    private final Relay relay;

    /** @param relay null for none */
    Acceptance(Settings settings, DeliveryEvents events, Relay relay) {
        this.settings = settings;
        this.events = events;
        this.relay = relay;
    }

    /**
     * @param suppressed the recipients that are left out
     * @param ownId whether the message keeps its Message-ID if it has one
     * @param ray the {@code cf-ray} of the answer
     */
    AcceptedFacts accept(
            Submission submission,
            StoredRequest.InMemory request,
            List<String> suppressed,
            boolean ownId,
            String ray,
            Ledger ledger) {
        boolean lost = StrictMessage.isLost(submission, settings);
        boolean keepsId = ownId && submission.message().messageId() != null;
        List<AcceptedFacts.Recipient> recipients = submission.recipients().stream()
                .map(address -> lost
                        ? AcceptedFacts.Recipient.lost(address)
                        : recipient(address, suppressed.contains(address), ledger.fates()))
                .toList();
        String id = keepsId ? submission.message().messageId() : submission.newMessageId();
        AcceptedFacts facts = facts(submission, id, keepsId, recipients, ray);
        relay(keep(facts, submission.message(), request, ledger), ledger);
        return facts;
    }

    /**
     * The message keeps its Message-ID, which need not be unique or even well-formed; its id is another.
     *
     * @param fromRelay whether a sandbox relayed it
     */
    AcceptedFacts acceptBySmtp(
            Submission submission, StoredRequest.InMemory request, boolean fromRelay, Ledger ledger) {
        List<AcceptedFacts.Recipient> recipients = submission.recipients().stream()
                .map(address -> recipient(address, false, ledger.fates()))
                .toList();
        AcceptedFacts facts = facts(submission, submission.newMessageId(), true, recipients, null);
        ReceivedMessage message = keep(facts, submission.message(), request, ledger);
        if (!fromRelay) {
            relay(message, ledger);
        }
        return facts;
    }

    private AcceptedFacts facts(
            Submission submission, String id, boolean ownId, List<AcceptedFacts.Recipient> recipients, String ray) {
        RawMessage message = submission.message();
        return new AcceptedFacts(
                settings.nextSequence(),
                id,
                ownId,
                submission.from(),
                recipients,
                message.subject(),
                message.bytes().length,
                settings.clock().instant(),
                ray);
    }

    private static AcceptedFacts.Recipient recipient(String address, boolean suppressed, Fates fates) {
        String deciding = fates.deciding(address);
        return suppressed
                ? new AcceptedFacts.Recipient(address, Fate.SUPPRESSED.outcome(), false)
                : new AcceptedFacts.Recipient(address, Fate.outcome(deciding), Fate.isReached(deciding));
    }

    private ReceivedMessage keep(
            AcceptedFacts facts, RawMessage received, StoredRequest.InMemory request, Ledger ledger) {
        String words = settings.indexed() ? Words.of(facts, MessageContent.of(received.bytes())) : null;
        ReceivedMessage message =
                ledger.messages().add(facts, settings.keepBodies() ? request : StoredRequest.empty(), words);
        events.accepted(facts, ledger);
        settings.onAccepted().accept(message.accepted());
        return message;
    }

    private void relay(ReceivedMessage message, Ledger ledger) {
        if (relay != null) {
            relay.enqueue(message, ledger.messages()::touched);
        }
    }
}
