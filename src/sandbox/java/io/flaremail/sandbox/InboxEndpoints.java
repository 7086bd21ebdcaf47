package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.Header;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /sandbox}: the accepted messages, for tests in any language. Not part of the simulated API, and without its token: only
 * programs on this machine reach it, and no web page of another origin; see {@link ExchangeHandler}.
 */
final class InboxEndpoints {
    static final String BASE = "/sandbox";

    private static final Answer DONE = Answer.of(204, "application/json", new byte[0]);
    private static final String[] SELECTION = {"to", "from", "subject", "q"};
    private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,5})(ms|s)");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_LISTED = 1000;

    /** A year. */
    private static final int MAX_ADVANCE = 366 * 86_400;

    private final DeliveryEvents events;
    private final Supplier<Messages> messages;
    private final Runnable reset;
    private final Consumer<Duration> advanceClock;

    InboxEndpoints(
            DeliveryEvents events, Supplier<Messages> messages, Runnable reset, Consumer<Duration> advanceClock) {
        this.events = events;
        this.messages = messages;
        this.reset = reset;
        this.advanceClock = advanceClock;
    }

    void addTo(Router router) {
        router.add("GET", "/messages", this::list, "to", "from", "subject", "q", "limit");
        router.add("DELETE", "/messages", this::delete);
        router.add("GET", "/messages/wait", this::await, "to", "from", "subject", "q", "timeout");
        router.add("GET", "/messages/{message}", this::message);
        router.add("GET", "/messages/{message}/raw", this::raw);
        router.add("GET", "/messages/{message}/attachments/{number}", this::attachment);
        router.add("POST", "/reset", this::reset);
        router.add("POST", "/faults", this::fail);
        router.add("POST", "/clock", this::advance);
    }

    /** Newest first. */
    private Answer list(Call call, Ledger ledger) {
        events.publish(ledger);
        List<ReceivedMessage> found = selection(call.query()).list();
        int limit = call.query().number("limit", 100, MAX_LISTED);
        ArrayNode list = Answer.array();
        for (int i = found.size() - 1; i >= 0 && list.size() < limit; i--) {
            list.add(summary(found.get(i), ledger));
        }
        ObjectNode answer = Answer.object().put("total", found.size());
        answer.set("messages", list);
        return Answer.json(200, answer.toString());
    }

    private Messages selection(Query query) {
        Messages selection = messages.get();
        for (String name : SELECTION) {
            String value = query.text(name);
            if (value != null) {
                selection = switch (name) {
                    case "to" -> selection.to(value);
                    case "from" -> selection.from(value);
                    case "subject" -> selection.subject(value);
                    default -> selection.containing(value);
                };
            }
        }
        return selection;
    }

    private Answer await(Call call, Ledger ledger) {
        try {
            ReceivedMessage found = selection(call.query()).await(timeout(call.query()));
            events.publish(ledger);
            return Answer.json(200, whole(found, ledger).toString());
        } catch (IllegalStateException e) {
            return Answer.error(408, ApiError.NOT_FOUND.code(), "No message matched in time", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(503, ApiError.INTERNAL_SERVER.code(), "The sandbox ends");
        }
    }

    private static Duration timeout(Query query) {
        String text = query.text("timeout");
        if (text == null) {
            return DEFAULT_TIMEOUT;
        }
        Matcher form = TIMEOUT.matcher(text);
        Duration timeout = !form.matches()
                ? MAX_TIMEOUT.plusMillis(1)
                : form.group(2).equals("s")
                        ? Duration.ofSeconds(Long.parseLong(form.group(1)))
                        : Duration.ofMillis(Long.parseLong(form.group(1)));
        if (timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw JsonBody.invalid("timeout: expected up to 60s, such as 5s or 500ms, got \"" + text + "\"");
        }
        return timeout;
    }

    private Answer message(Call call, Ledger ledger) {
        events.publish(ledger);
        return Answer.json(200, whole(find(call, ledger), ledger).toString());
    }

    private Answer raw(Call call, Ledger ledger) {
        return download(find(call, ledger).raw(), "message/rfc822");
    }

    private Answer attachment(Call call, Ledger ledger) {
        List<ReceivedAttachment> all = find(call, ledger).attachments();
        String number = call.variable("number");
        if (!number.matches("\\d{1,4}") || Integer.parseInt(number) >= all.size()) {
            throw new Refusal(ApiError.NOT_FOUND, "the message has " + all.size() + " attachments, numbered from 0");
        }
        return download(all.get(Integer.parseInt(number)).content(), "application/octet-stream");
    }

    /** A browser must not show it: it is somebody else's. */
    private static Answer download(byte[] content, String type) {
        return Answer.of(200, type, content)
                .with(Map.of("X-Content-Type-Options", "nosniff", "Content-Disposition", "attachment"));
    }

    private static ReceivedMessage find(Call call, Ledger ledger) {
        String id = call.variable("message");
        return ledger.message(id).orElseThrow(() -> new Refusal(ApiError.NOT_FOUND, "no message " + id));
    }

    private Answer delete(Call call, Ledger ledger) {
        ledger.forgetMessages();
        return DONE;
    }

    private Answer reset(Call call, Ledger ledger) {
        reset.run();
        return DONE;
    }

    private Answer fail(Call call, Ledger ledger) {
        JsonBody body = JsonBody.parse(call.body());
        body.requireFields(Set.of("fault"), Set.of("times", "requests"));
        Fault fault = NamedFault.of(body.text("fault"));
        int times = body.number("times", 1, 1, 10_000);
        String requests = body.has("requests") ? body.text("requests") : "sends";
        for (int i = 0; i < times; i++) {
            switch (requests) {
                case "sends" -> ledger.fail(fault);
                case "pulls" -> ledger.failPulls(fault);
                default -> throw JsonBody.invalid("requests: expected sends or pulls, got \"" + requests + "\"");
            }
        }
        return DONE;
    }

    private Answer advance(Call call, Ledger ledger) {
        JsonBody body = JsonBody.parse(call.body());
        body.requireFields(Set.of("advance_seconds"));
        advanceClock.accept(Duration.ofSeconds(body.number("advance_seconds", 0, 0, MAX_ADVANCE)));
        return DONE;
    }

    private static ObjectNode summary(ReceivedMessage message, Ledger ledger) {
        ObjectNode json = Answer.object()
                .put("id", message.id())
                .put("received_at", message.receivedAt().toString())
                .put("from", message.from())
                .put("subject", message.subject())
                .put("size", message.size());
        List<SandboxEvent> published = ledger.published(message.accepted().messageId());
        ArrayNode recipients = json.putArray("recipients");
        for (String recipient : message.recipients()) {
            ObjectNode one = recipients
                    .addObject()
                    .put("address", recipient)
                    .put("outcome", message.suppressed().contains(recipient) ? "suppressed" : Fate.outcome(recipient));
            ArrayNode its = one.putArray("events");
            published.stream()
                    .filter(event -> event.recipient().equals(recipient))
                    .forEach(event -> its.addObject()
                            .put("kind", event.kind())
                            .put("at", event.at().toString()));
        }
        return json;
    }

    private static ObjectNode whole(ReceivedMessage message, Ledger ledger) {
        ObjectNode json = summary(message, ledger).put("text", message.text()).put("html", message.html());
        ArrayNode headers = json.putArray("headers");
        for (Header header : message.content().headers()) {
            headers.addObject().put("name", header.getName()).put("value", MessageContent.decoded(header.getValue()));
        }
        ArrayNode attachments = json.putArray("attachments");
        for (ReceivedAttachment attachment : message.attachments()) {
            attachments
                    .addObject()
                    .put("name", attachment.name())
                    .put("type", attachment.type())
                    .put("size", attachment.content().length);
        }
        return json;
    }
}
