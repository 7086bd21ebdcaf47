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
     * @param ray the {@code cf-ray} of the answer; null for a message that came by SMTP
     */
    AcceptedFacts accept(
            Submission submission,
            StoredRequest.InMemory request,
            List<String> suppressed,
            boolean ownId,
            String ray,
            Ledger ledger) {
        RawMessage message = submission.message();
        boolean lost = ray != null && StrictMessage.isLost(submission, settings);
        boolean keepsId = ownId && message.messageId() != null;
        AcceptedFacts facts = new AcceptedFacts(
                settings.nextSequence(),
                keepsId ? message.messageId() : submission.newMessageId(),
                keepsId,
                submission.from(),
                submission.recipients().stream()
                        .map(address -> lost
                                ? AcceptedFacts.Recipient.lost(address)
                                : recipient(address, suppressed.contains(address), ledger.fates()))
                        .toList(),
                message.subject(),
                message.bytes().length,
                settings.clock().instant(),
                ray);
        keep(facts, settings.keepBodies() ? request : StoredRequest.empty(), ledger);
        return facts;
    }

    private static AcceptedFacts.Recipient recipient(String address, boolean suppressed, Fates fates) {
        String deciding = fates.deciding(address);
        return suppressed
                ? new AcceptedFacts.Recipient(address, Fate.SUPPRESSED.outcome(), false)
                : new AcceptedFacts.Recipient(address, Fate.outcome(deciding), Fate.isReached(deciding));
    }

    private void keep(AcceptedFacts facts, StoredRequest.InMemory request, Ledger ledger) {
        ReceivedMessage message = ledger.messages().add(facts, request);
        if (settings.indexed()) {
            message.words();
        }
        events.accepted(facts, ledger);
        settings.onAccepted().accept(message.accepted());
        if (relay != null) {
            relay.handOn(message);
        }
    }
}
