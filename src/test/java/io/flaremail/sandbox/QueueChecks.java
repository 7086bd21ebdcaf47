package io.flaremail.sandbox;

import static io.flaremail.sandbox.EventProbe.QUEUES;
import static io.flaremail.sandbox.Probe.each;
import static io.flaremail.sandbox.QueueBehavior.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Messages are texts, so that their bodies are the same in a strict sandbox; only those of events are base64 there. */
final class QueueChecks {
    private QueueChecks() {}

    private static String queue(Probe api) throws Exception {
        return QUEUES + "/" + EventProbe.queue(api, "q");
    }

    private static void push(Probe api, String queue, String... texts) throws Exception {
        for (String text : texts) {
            api.ok("POST", queue + "/messages", "{'body':'" + text + "','content_type':'text'}");
        }
    }

    private static JsonNode pull(Probe api, String queue, String body) throws Exception {
        return api.ok("POST", queue + "/messages/pull", body).get("messages");
    }

    static void addTo(Map<Behavior, Check> checks) {
        addQueues(checks);
        addConsumers(checks);
        addPulls(checks);
        addMessages(checks);
    }

    private static void addQueues(Map<Behavior, Check> checks) {
        checks.put(LIST, api -> {
            for (int i = 0; i < 101; i++) {
                api.ok("POST", QUEUES, "{'queue_name':'q" + i + "'}");
            }
            assertEquals(100, api.ok("GET", QUEUES).size());
            assertEquals(1, api.ok("GET", QUEUES + "?page=2").size());
            assertEquals(List.of("q7"), each(api.ok("GET", QUEUES + "?name=q7"), "queue_name"));
        });
        checks.put(CREATE, api -> {
            api.ok("POST", QUEUES, "{'queue_name':'email-events'}");
            api.refused(ApiError.QUEUE_EXISTS, "POST", QUEUES, "{'queue_name':'email-events'}");
            for (String bad : List.of("", "Email", "-a", "a_b", "a".repeat(64))) {
                api.refused(ApiError.QUEUES_INVALID, "POST", QUEUES, "{'queue_name':'" + bad + "'}");
            }
        });
        checks.put(GET, api -> {
            assertEquals("q", api.ok("GET", queue(api)).get("queue_name").textValue());
            api.refused(ApiError.QUEUE_NOT_FOUND, "GET", QUEUES + "/0123", null);
        });
        checks.put(CHANGE, api -> {
            String queue = queue(api);
            api.ok("PATCH", queue, "{'queue_name':'r'}");
            assertEquals("r", api.ok("GET", queue).get("queue_name").textValue());
            api.ok("PUT", queue, "{'queue_name':'s'}");
            assertEquals("s", api.ok("GET", queue).get("queue_name").textValue());
        });
        checks.put(DELETE, api -> {
            String queue = queue(api);
            assertTrue(api.envelope("DELETE", queue, null).get("result").isNull());
            assertEquals(0, api.ok("GET", QUEUES).size());
        });
    }

    private static void addConsumers(Map<Behavior, Check> checks) {
        checks.put(ONE_CONSUMER, api -> {
            String queue = queue(api);
            api.refused(ApiError.CONSUMER_EXISTS, "POST", queue + "/consumers", "{'type':'http_pull'}");
            assertEquals(1, api.ok("GET", queue + "/consumers").size());
        });
        checks.put(CONSUMER, api -> {
            String queue = queue(api);
            String one = queue + "/consumers/"
                    + api.ok("GET", queue + "/consumers").at("/0/consumer_id").textValue();
            assertEquals(10, api.ok("GET", one).at("/settings/batch_size").intValue());
            api.ok("PUT", one, "{'type':'http_pull','settings':{'batch_size':7}}");
            assertEquals(7, api.ok("GET", one).at("/settings/batch_size").intValue());
            api.ok("DELETE", one);
            api.refused(ApiError.CONSUMER_NOT_FOUND, "GET", one, null);
        });
        checks.put(NO_CONSUMER, api -> {
            String id =
                    api.ok("POST", QUEUES, "{'queue_name':'q'}").get("queue_id").textValue();
            api.refused(ApiError.NO_PULL_CONSUMER, "POST", QUEUES + "/" + id + "/messages/pull", "{}");
        });
        checks.put(CONSUMER_TYPE, api -> {
            String id =
                    api.ok("POST", QUEUES, "{'queue_name':'q'}").get("queue_id").textValue();
            api.refused(ApiError.QUEUES_INVALID, "POST", QUEUES + "/" + id + "/consumers", "{'type':'worker'}");
        });
    }

    private static void addPulls(Map<Behavior, Check> checks) {
        checks.put(PULL, api -> {
            String queue = queue(api);
            push(api, queue, "1", "2", "3", "4", "5", "6");
            assertEquals(5, pull(api, queue, "{'visibility_timeout_ms':60000}").size());
            assertEquals(1, pull(api, queue, "{'batch_size':100}").size());
            api.sandbox().advanceClock(Duration.ofSeconds(59));
            assertEquals(1, pull(api, queue, "{'batch_size':100}").size(), "the default is 30 seconds");
            api.sandbox().advanceClock(Duration.ofSeconds(1));
            JsonNode again = pull(api, queue, "{'batch_size':100}");
            assertEquals(5, again.size());
            assertEquals(2, again.at("/0/attempts").intValue());
            api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", queue + "/messages/pull", "{'batch_size':101}");
        });
        checks.put(GUIDE_NAME, api -> {
            String queue = queue(api);
            push(api, queue, "1");
            String body = "{'visibility_timeout':10000,'batch_size':2}";
            if (api.isStrict()) {
                api.refused(ApiError.INVALID_REQUEST_SCHEMA, "POST", queue + "/messages/pull", body);
            } else {
                assertEquals(1, pull(api, queue, body).size());
                api.sandbox().advanceClock(Duration.ofSeconds(10));
                assertEquals(1, pull(api, queue, body).size());
            }
        });
        checks.put(ACKNOWLEDGE, api -> {
            String queue = queue(api);
            push(api, queue, "1");
            String lease = pull(api, queue, "{}").at("/0/lease_id").textValue();
            api.sandbox().advanceClock(Duration.ofMinutes(1));
            JsonNode result = api.ok(
                    "POST", queue + "/messages/ack", "{'acks':[{'lease_id':'" + lease + "'},{'lease_id':'other'}]}");
            assertEquals("1 0", result.get("ackCount") + " " + result.get("retryCount"));
            assertTrue(result.at("/warnings/other").isTextual());
            assertEquals(0, pull(api, queue, "{}").size());
        });
        checks.put(RETRY, api -> {
            String queue = queue(api);
            push(api, queue, "1");
            String lease = pull(api, queue, "{}").at("/0/lease_id").textValue();
            String retries = "{'retries':[{'lease_id':'" + lease + "','delay_seconds':10}]}";
            assertEquals(
                    1,
                    api.ok("POST", queue + "/messages/ack", retries)
                            .get("retryCount")
                            .intValue());
            assertEquals(0, pull(api, queue, "{}").size());
            api.sandbox().advanceClock(Duration.ofSeconds(10));
            assertEquals(1, pull(api, queue, "{}").size());
        });
        checks.put(MAX_RETRIES, api -> {
            String dead = QUEUES + "/" + EventProbe.queue(api, "dead");
            String id =
                    api.ok("POST", QUEUES, "{'queue_name':'q'}").get("queue_id").textValue();
            String consumer = "{'type':'http_pull','settings':{'max_retries':2},'dead_letter_queue':'dead'}";
            api.ok("POST", QUEUES + "/" + id + "/consumers", consumer);
            push(api, QUEUES + "/" + id, "1");
            for (int attempt = 1; attempt <= 2; attempt++) {
                assertEquals(1, pull(api, QUEUES + "/" + id, "{}").size());
                api.sandbox().advanceClock(Duration.ofSeconds(30));
            }
            assertEquals(0, pull(api, QUEUES + "/" + id, "{}").size());
            assertEquals(1, pull(api, dead, "{}").size());
        });
    }

    private static void addMessages(Map<Behavior, Check> checks) {
        checks.put(PEEK, api -> {
            String queue = queue(api);
            push(api, queue, "1");
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        1,
                        api.ok("POST", queue + "/messages/peek", "{}")
                                .get("messages")
                                .size());
            }
            assertEquals(1, pull(api, queue, "{}").at("/0/attempts").intValue());
        });
        checks.put(PURGE, api -> {
            String queue = queue(api);
            push(api, queue, "1", "2", "3");
            String ref = api.ok("POST", queue + "/messages/peek", "{}")
                    .at("/messages/0/ref")
                    .textValue();
            api.ok("POST", queue + "/messages/purge", "{'refs':[{'ref':'" + ref + "'}]}");
            assertEquals(
                    2, api.ok("GET", queue + "/metrics").get("backlog_count").intValue());
            api.ok("POST", queue + "/purge", "{'delete_messages_permanently':true}");
            assertEquals(
                    0, api.ok("GET", queue + "/metrics").get("backlog_count").intValue());
        });
        checks.put(PURGE_STATUS, api -> {
            String queue = queue(api);
            assertEquals("{}", api.ok("GET", queue + "/purge").toString());
            assertEquals(
                    "q",
                    api.ok("POST", queue + "/purge", "{}").get("queue_name").textValue());
            JsonNode status = api.ok("GET", queue + "/purge");
            assertEquals(Probe.NOW.toString(), status.get("started_at").textValue());
            assertEquals("true", status.get("completed").textValue());
        });
        checks.put(METRICS, api -> {
            String queue = queue(api);
            push(api, queue, "123", "4567");
            JsonNode metrics = api.ok("GET", queue + "/metrics");
            assertEquals(
                    "2 7 " + Probe.NOW.toEpochMilli(),
                    metrics.get("backlog_count") + " " + metrics.get("backlog_bytes") + " "
                            + metrics.get("oldest_message_timestamp_ms"));
        });
        checks.put(PUSH, api -> {
            String queue = queue(api);
            push(api, queue, "1");
            api.ok("POST", queue + "/messages/batch", "{'messages':[{'body':'2','content_type':'text'},{'body':{}}]}");
            assertEquals(3, pull(api, queue, "{}").size());
        });
        checks.put(MESSAGE_SIZE, api -> {
            String queue = queue(api);
            push(api, queue, "x".repeat(128_000));
            String larger = "{'body':'" + "x".repeat(128_001) + "','content_type':'text'}";
            api.refused(ApiError.QUEUES_INVALID, "POST", queue + "/messages", larger);
        });
    }
}
