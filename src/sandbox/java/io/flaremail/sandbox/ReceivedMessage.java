package io.flaremail.sandbox;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A message that the sandbox accepted, as its recipients get it. Immutable, except for its arrays. */
public final class ReceivedMessage {
    private final AcceptedFacts facts;
    private final StoredRequest request;
    private final String id;
    private final Accepted accepted;

    /** Weak: a message stays in memory once, as its request. */
    private WeakReference<MessageContent> content = new WeakReference<>(null);

    private String words;
    private volatile String relayed;

    /** @param words as {@link Words} makes them; null if they are still to be made */
    ReceivedMessage(AcceptedFacts facts, StoredRequest request, String words) {
        this.facts = facts;
        this.request = request;
        this.words = words;
        this.accepted = new Accepted(facts, request);
        this.id = AcceptedFacts.bare(facts.messageId());
    }

    AcceptedFacts facts() {
        return facts;
    }

    Accepted accepted() {
        return accepted;
    }

    /** The Message-ID as answered, without its angle brackets. */
    public String id() {
        return id;
    }

    /** The envelope sender. */
    public String from() {
        return facts.from();
    }

    /** The envelope recipients as they were sent, those that bounced or were suppressed among them. */
    public List<String> recipients() {
        return facts.addresses();
    }

    /**
     * What the answer said of this recipient: accepted, queued, bounced or suppressed.
     *
     * @throws IllegalArgumentException if the address is not among the recipients
     */
    public String outcome(String recipient) {
        return facts.recipients().stream()
                .filter(each -> each.address().equalsIgnoreCase(recipient))
                .findFirst()
                .map(AcceptedFacts.Recipient::outcome)
                .orElseThrow(() -> new IllegalArgumentException(
                        "recipient: expected one of " + recipients() + ", got \"" + recipient + "\""));
    }

    public Instant receivedAt() {
        return facts.receivedAt();
    }

    /** The subject, decoded; empty if there is none. */
    public String subject() {
        return Objects.requireNonNullElse(facts.subject(), "");
    }

    /** The first field of this name, decoded. */
    public Optional<String> header(String name) {
        return content().header(name);
    }

    /** The text of the first text/plain part that is not an attachment; empty if there is none. */
    public String text() {
        return content().text();
    }

    /** The text of the first text/html part that is not an attachment; empty if there is none. */
    public String html() {
        return content().html();
    }

    /** All other parts, in order. */
    public List<ReceivedAttachment> attachments() {
        return content().attachments();
    }

    /** The message as stored: with the service's Message-ID, as IMAP serves it. */
    public byte[] raw() {
        return facts.stored(request.mime());
    }

    int size() {
        return facts.size();
    }

    /** Result of the relay attempt; null without a relay. */
    String relayed() {
        return relayed;
    }

    void relayed(String result) {
        relayed = result;
    }

    StoredRequest request() {
        return request;
    }

    synchronized MessageContent content() {
        MessageContent known = content.get();
        if (known == null) {
            known = MessageContent.of(raw());
            content = new WeakReference<>(known);
        }
        return known;
    }

    /** What {@link Messages#containing} searches; see {@link Words}. */
    synchronized String words() {
        if (words == null) {
            words = Words.of(facts, content());
        }
        return words;
    }

    @Override
    public String toString() {
        return "from " + from() + " to " + String.join(", ", recipients()) + ": \"" + subject() + "\"";
    }
}
