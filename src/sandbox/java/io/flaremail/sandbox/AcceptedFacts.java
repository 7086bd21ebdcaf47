package io.flaremail.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * What is remembered of an accepted message besides its bytes.
 *
 * @param sequence its place among the accepted messages of all accounts
 * @param messageId as answered, angle brackets included; for a message that came by SMTP, the sandbox's own
 * @param ownMessageId whether the message keeps the Message-ID that it has
 * @param recipients as they were sent
 * @param subject decoded; null if there is none
 * @param size of the message as received, in bytes
 * @param ray the {@code cf-ray} of the answer; null for a message that came by SMTP
 */
record AcceptedFacts(
        long sequence,
        String messageId,
        boolean ownMessageId,
        String from,
        List<Recipient> recipients,
        String subject,
        int size,
        Instant receivedAt,
        String ray) {

    /**
     * @param outcome accepted, queued, bounced or suppressed
     * @param reached whether the message is in its mailbox
     */
    record Recipient(String address, String outcome, boolean reached) {
        /** Queued, and neither delivered nor reported ever. */
        static Recipient lost(String address) {
            return new Recipient(address, Fate.QUEUED.outcome(), false);
        }

        boolean isLost() {
            return outcome.equals(Fate.QUEUED.outcome()) && !reached;
        }
    }

    List<String> addresses() {
        return recipients.stream().map(Recipient::address).toList();
    }

    /** The addresses of those recipients, as they were sent. */
    List<String> with(Fate fate) {
        return recipients.stream()
                .filter(recipient -> recipient.outcome().equals(fate.outcome()))
                .map(Recipient::address)
                .toList();
    }

    /** A Message-ID without its angle brackets. */
    static String bare(String messageId) {
        return messageId.replaceAll("^<|>$", "");
    }

    /** The message as stored: with the Message-ID as answered. */
    byte[] stored(byte[] mime) {
        RawMessage message = new RawMessage(mime);
        return (ownMessageId ? message.withOwnMessageId(messageId) : message.withMessageId(messageId)).bytes();
    }
}
