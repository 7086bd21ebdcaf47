package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A queue that is subscribed to the events of {@code example.com}. */
final class EventProbe {
    static final String SUBSCRIPTIONS = "/accounts/{account}/event_subscriptions/subscriptions";
    static final String QUEUES = "/accounts/{account}/queues";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Probe api;
    private final String queue;

    private EventProbe(Probe api, String queue) {
        this.api = api;
        this.queue = queue;
    }

    static EventProbe subscribe(Probe api) throws Exception {
        EventProbe events = new EventProbe(api, queue(api, "events"));
        api.ok("POST", SUBSCRIPTIONS, events.subscription());
        return events;
    }

    /** A new queue with a pull consumer. */
    static String queue(Probe api, String name) throws Exception {
        String id = api.ok("POST", QUEUES, "{'queue_name':'" + name + "'}")
                .get("queue_id")
                .textValue();
        api.ok("POST", QUEUES + "/" + id + "/consumers", "{'type':'http_pull'}");
        return id;
    }

    String subscription() {
        return subscription(api, queue, "example.com");
    }

    static String subscription(Probe api, String queue, String domain) {
        return api.fill("{'name':'n','enabled':true,'source':{'type':'email.sending','zone_id':'{zone}','domain':'"
                + domain
                + "'},'destination':{'type':'queues.queue','queue_id':'" + queue + "'},'events':['message.delivered',"
                + "'message.deferred','message.bounced','message.failed','message.rejected','message.complained']}");
    }

    /** The bodies of all messages, as they come. */
    List<String> bodies() throws Exception {
        JsonNode pulled = api.ok("POST", QUEUES + "/" + queue + "/messages/pull", "{'batch_size':100}");
        return Probe.each(pulled.get("messages"), "body");
    }

    List<JsonNode> pull() throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String body : bodies()) {
            String json =
                    body.startsWith("{") ? body : new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
            events.add(JSON.readTree(json));
        }
        return events;
    }

    /** Without repetitions. */
    Set<String> ids() throws Exception {
        return pull().stream()
                .map(event -> event.at("/payload/eventId").textValue())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
