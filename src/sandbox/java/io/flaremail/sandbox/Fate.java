package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What becomes of a recipient. The address decides: {@code bounce@..} and {@code bounce+anything@..} bounce, and so on. */
enum Fate {
    DELIVERED,
    QUEUED,
    BOUNCE,
    SUPPRESSED;

    private static Fate of(String address) {
        String local = address.substring(0, address.lastIndexOf('@')).toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(fate -> fate != DELIVERED)
                .filter(fate -> local.equals(fate.name()) || local.startsWith(fate.name() + "+"))
                .findFirst()
                .orElse(DELIVERED);
    }

    /** The words that choose a fate, as a local part or its beginning before a {@code +}; {@code delivered} is that of all others. */
    static Set<String> words() {
        Set<String> words = new TreeSet<>();
        Arrays.stream(values()).forEach(fate -> words.add(fate.name().toLowerCase(Locale.ROOT)));
        Arrays.stream(Later.values()).filter(later -> later != Later.DELIVER).forEach(later -> words.add(later.word()));
        return words;
    }

    /** What the answer to a send says of the address: accepted, queued, bounced or suppressed. */
    static String outcome(String address) {
        return of(address).outcome();
    }

    String outcome() {
        return switch (this) {
            case DELIVERED -> "accepted";
            case QUEUED -> "queued";
            case BOUNCE -> "bounced";
            case SUPPRESSED -> "suppressed";
        };
    }

    /** Whether a message gets to the address, now or from the queue. */
    static boolean isReached(String address) {
        return (of(address) == DELIVERED || of(address) == QUEUED)
                && Later.of(address).isReached();
    }

    /** An event of a recipient. */
    record Event(String kind, ObjectNode detail) {}

    /** The events that follow acceptance, in order; decided by the address, too. */
    static List<Event> events(String recipient) {
        return switch (of(recipient)) {
            case DELIVERED -> Later.of(recipient).events();
            case QUEUED -> Later.DEFER.events();
            case BOUNCE -> Later.BOUNCE_LATER.events();
            case SUPPRESSED -> Later.REJECT_LATER.events();
        };
    }

    static List<Event> suppressed() {
        return Later.REJECT_LATER.events();
    }

    /** What happens after a recipient was accepted: {@code complain@..}, {@code bounce-later+anything@..}, and so on. */
    private enum Later {
        DELIVER,
        BOUNCE_LATER,
        DEFER,
        FAIL_LATER,
        REJECT_LATER,
        COMPLAIN;

        static Later of(String address) {
            String local = address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(later -> later != DELIVER)
                    .filter(later -> local.equals(later.word()) || local.startsWith(later.word() + "+"))
                    .findFirst()
                    .orElse(DELIVER);
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isReached() {
            return this == DELIVER || this == DEFER || this == COMPLAIN;
        }

        List<Event> events() {
            return switch (this) {
                case DELIVER -> List.of(delivered());
                case DEFER -> List.of(deferred(), delivered());
                case BOUNCE_LATER -> List.of(bounced());
                case FAIL_LATER -> List.of(failed());
                case REJECT_LATER -> List.of(rejected());
                case COMPLAIN -> List.of(delivered(), complained());
            };
        }

        private static Event delivered() {
            return event("delivered", delivery("delivered", "250", "2.0.0", "250 2.0.0 OK"));
        }

        private static Event deferred() {
            ObjectNode detail = delivery("deferred", "451", "4.7.1", "451 4.7.1 Greylisted, try again later");
            detail.putObject("bounce")
                    .put("type", "soft")
                    .put("classification", "temporary_failure")
                    .put("reason", "Greylisted");
            return event("deferred", detail);
        }

        private static Event bounced() {
            ObjectNode detail = delivery("bounced", "550", "5.1.1", "550 5.1.1 User unknown");
            detail.putObject("bounce")
                    .put("type", "hard")
                    .put("classification", "permanent_failure")
                    .put("reason", "User unknown");
            return event("bounced", detail);
        }

        private static Event failed() {
            ObjectNode detail = Answer.object();
            detail.putObject("failure").put("reason", "internal error");
            return event("failed", detail);
        }

        private static Event rejected() {
            ObjectNode detail = Answer.object();
            detail.putObject("rejection")
                    .put("reason", "suppressed")
                    .put("party", "recipient")
                    .put("detail", "The recipient is on the suppression list");
            return event("rejected", detail);
        }

        private static Event complained() {
            ObjectNode detail = Answer.object();
            detail.putObject("complaint").put("type", "abuse");
            return event("complained", detail);
        }

        private static ObjectNode delivery(String status, String code, String enhanced, String response) {
            ObjectNode detail = Answer.object();
            detail.putObject("delivery")
                    .put("status", status)
                    .put("provider", "external_smtp")
                    .put("deliveryTimeMs", 2000)
                    .put("smtpStatusCode", code)
                    .put("smtpEnhancedStatusCode", enhanced)
                    .put("smtpResponse", response);
            return detail;
        }

        private static Event event(String kind, ObjectNode detail) {
            return new Event(kind, detail);
        }
    }
}
