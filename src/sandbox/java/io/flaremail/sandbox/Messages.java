package io.flaremail.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The accepted messages, or those that match. Immutable: each method returns a narrower selection. A selection always shows the
 * messages of now.
 *
 * <pre>{@code
 * ReceivedMessage welcome = sandbox.messages().to("ada@example.org").subject("Welcome").await(Duration.ofSeconds(5));
 * }</pre>
 */
public final class Messages {
    private final Supplier<Ledger> ledger;
    private final Predicate<ReceivedMessage> filter;
    private final String description;

    Messages(Supplier<Ledger> ledger) {
        this(ledger, message -> true, "messages");
    }

    private Messages(Supplier<Ledger> ledger, Predicate<ReceivedMessage> filter, String description) {
        this.ledger = ledger;
        this.filter = filter;
        this.description = description;
    }

    private Messages and(String what, String value, Predicate<ReceivedMessage> more) {
        return new Messages(ledger, filter.and(more), description + " " + what + " \"" + value + "\"");
    }

    /** Those with this envelope recipient, in any case. */
    public Messages to(String address) {
        return and("to", address, message -> message.recipients().stream().anyMatch(address::equalsIgnoreCase));
    }

    /** Those with this envelope sender, in any case. */
    public Messages from(String address) {
        return and("from", address, message -> message.from().equalsIgnoreCase(address));
    }

    /** Those whose subject contains this text, in any case. */
    public Messages subject(String part) {
        return and("with the subject", part, message -> contains(message.subject(), part));
    }

    /**
     * Those in which each of these words begins a word of the sender, a recipient, the subject, the text, the HTML or the name of
     * an attachment, in any case and order; an address is a word, and so is a domain. Of each text, the first 131,072 characters are searched.
     */
    public Messages containing(String words) {
        Set<String> search = Words.ofSearch(words);
        return and("containing", words, message -> !search.isEmpty() && Words.match(message.words(), search));
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /** The messages of now, oldest first. */
    public List<ReceivedMessage> list() {
        return ledger.get().messages().all().stream().filter(filter).toList();
    }

    /**
     * The first message, as soon as there is one.
     *
     * @throws IllegalStateException if there is none after {@code atMost}
     */
    public ReceivedMessage await(Duration atMost) throws InterruptedException {
        return await(1, atMost).get(0);
    }

    /**
     * The messages, as soon as there are this many.
     *
     * @throws IllegalStateException if there are fewer after {@code atMost}; it names those that there are
     */
    public List<ReceivedMessage> await(int count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            MessageLog now = ledger.get().messages();
            long seen = now.count();
            List<ReceivedMessage> found = list();
            if (found.size() >= count) {
                return found;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException(found.size() + " of " + count + " " + description + " after " + atMost
                        + "; accepted: " + now.all());
            }
            if (!now.await(seen, Duration.ofNanos(left)) && now == ledger.get().messages()) {
                throw new IllegalStateException("The sandbox was closed while waiting for " + description);
            }
        }
    }

    @Override
    public String toString() {
        return description + ": " + list();
    }
}
