package io.flaremail.bounces;

import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.EventsForTests;

/** Events as the service publishes them. */
final class Events {
    static final String SERVICE_ID = "<service-id@example.com>";

    private Events() {}

    static DeliveryEvent bounce(String recipient) {
        return event(
                "bounced",
                recipient,
                "Invoice 17",
                "\"delivery\":{\"smtpStatusCode\":\"550\",\"smtpEnhancedStatusCode\":\"5.1.1\","
                        + "\"smtpResponse\":\"550 5.1.1 User unknown\"},"
                        + "\"bounce\":{\"type\":\"hard\",\"classification\":\"permanent_failure\",\"reason\":\"unknown\"}");
    }

    /**
     * An event.
     *
     * @param subject null for none
     * @param detail such as {@code "bounce":{"type":"hard"}}; may be empty
     */
    static DeliveryEvent event(String kind, String recipient, String subject, String detail) {
        return EventsForTests.parse("{\"type\":\"cf.email.sending.message." + kind
                + "\",\"source\":{\"domain\":\"example.com\"},\"payload\":{\"eventId\":\"0190d0c4-" + kind
                + "\",\"messageId\":\"" + SERVICE_ID + "\",\"sender\":\"billing@example.com\",\"recipient\":\""
                + json(recipient) + "\"" + (subject == null ? "" : ",\"subject\":\"" + json(subject) + "\"")
                + ",\"terminal\":true" + (detail.isEmpty() ? "" : "," + detail)
                + "},\"metadata\":{\"accountId\":\"a\",\"eventSchemaVersion\":1,"
                + "\"eventTimestamp\":\"2026-06-01T02:48:57.132Z\"}}");
    }

    static DeliveryEvent withId(String id) {
        return EventsForTests.parse("{\"type\":\"cf.email.sending.message.bounced\",\"payload\":{\"eventId\":\"" + id
                + "\",\"messageId\":\"<m@example.com>\",\"recipient\":\"a@example.org\"}}");
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }
}
