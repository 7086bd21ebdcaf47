package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.Header;
import java.util.List;

/** A message as {@code /sandbox} shows it; docs/sandbox-openapi.json describes it. */
final class MessageJson {
    private MessageJson() {}

    /** What a list shows. */
    static ObjectNode summary(ReceivedMessage message, Ledger ledger) {
        ObjectNode json = Answer.object()
                .put("id", message.id())
                .put("received_at", message.receivedAt().toString())
                .put("from", message.from())
                .put("subject", message.subject())
                .put("size", message.size());
        if (message.facts().ray() == null) {
            json.put("via", "smtp");
        }
        if (message.relayed() != null) {
            json.put("relay", message.relayed());
        }
        List<SandboxEvent> published = ledger.events().published(message.facts().messageId());
        ArrayNode recipients = json.putArray("recipients");
        for (AcceptedFacts.Recipient recipient : message.facts().recipients()) {
            ArrayNode its = recipients
                    .addObject()
                    .put("address", recipient.address())
                    .put("outcome", recipient.outcome())
                    .putArray("events");
            published.stream()
                    .filter(event -> event.recipient().equals(recipient.address()))
                    .forEach(event -> its.addObject()
                            .put("kind", event.kind())
                            .put("at", event.at().toString()));
        }
        return json;
    }

    static ObjectNode whole(ReceivedMessage message, Ledger ledger) {
        MessageContent content = message.content();
        ObjectNode json = summary(message, ledger).put("text", content.text()).put("html", content.html());
        ArrayNode headers = json.putArray("headers");
        for (Header header : content.headers()) {
            headers.addObject().put("name", header.getName()).put("value", MessageContent.decoded(header.getValue()));
        }
        ArrayNode attachments = json.putArray("attachments");
        for (ReceivedAttachment attachment : content.attachments()) {
            ObjectNode one = attachments
                    .addObject()
                    .put("name", attachment.name())
                    .put("type", attachment.type())
                    .put("size", attachment.content().length)
                    .put("inline", attachment.inline());
            if (!attachment.contentId().isEmpty()) {
                one.put("content_id", attachment.contentId());
            }
        }
        return json;
    }

    /** The request and its answer, without the token. */
    static ObjectNode exchange(Exchange exchange) {
        ObjectNode json = Answer.object();
        ObjectNode request =
                json.putObject("request").put("method", exchange.method()).put("path", exchange.path());
        ArrayNode headers = request.putArray("headers");
        exchange.headersWithoutToken()
                .forEach((name, values) -> values.forEach(
                        value -> headers.addObject().put("name", name).put("value", value)));
        request.put("body", exchange.text());
        json.putObject("response")
                .put("status", exchange.status())
                .put("ray", exchange.ray())
                .put("body", exchange.answer());
        return json;
    }
}
