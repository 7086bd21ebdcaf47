package io.flaremail.sandbox;

import java.util.List;

/** A message that the sandbox accepted. Immutable; its bytes are read from the request each time. */
public final class Accepted {
    private final AcceptedFacts facts;
    private final StoredRequest request;

    Accepted(AcceptedFacts facts, StoredRequest request) {
        this.facts = facts;
        this.request = request;
    }

    /** As answered, angle brackets included. */
    public String messageId() {
        return facts.messageId();
    }

    /** The envelope sender. */
    public String from() {
        return facts.from();
    }

    /** The envelope recipients as they were sent, those that bounced or were suppressed among them. */
    public List<String> recipients() {
        return facts.addresses();
    }

    /** The UTF-8 bytes of the message as received: before its Message-ID was replaced. */
    public byte[] mime() {
        return request.mime();
    }

    String subject() {
        return facts.subject();
    }

    @Override
    public String toString() {
        return messageId() + " from " + from() + " to " + String.join(", ", recipients());
    }
}
