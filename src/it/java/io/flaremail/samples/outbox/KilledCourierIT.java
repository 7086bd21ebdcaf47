package io.flaremail.samples.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.api.SubscribedQueue;
import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.jms.JMSException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any time loses no message and sends none twice, by what the service has on record. */
@Timeout(180)
class KilledCourierIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(3500);
    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final Duration KILLING_ENDS = Duration.ofSeconds(40);
    private static final List<String> EVENTS = List.of("unreadable", "second", "kill", "broker", "kill");
    private static final int KILLS = 30;
    private static final int LEAST_KILLS =
            3; // on a machine that is busy with other things; it takes seconds to start each
    private static final int MESSAGES = 400;
    private static final int ENOUGH_REQUESTS = MESSAGES / 2; // the rest is there for the last kill to wait for

    @TempDir
    Path folder;

    private SubscribedQueue events;
    private Sandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        events = SubscribedQueue.start(Sandbox.builder().eventDelay(Duration.ZERO), 100);
        sandbox = events.sandbox;
    }

    @AfterEach
    void stop() {
        events.close();
    }

    @Test
    void killedWhileTheAnswerIsOnItsWay() throws Exception {
        sandbox.fail(Fault.none().delay(NEVER));
        killInFlight();
        assertPlaces(Map.of(0, "accepted unknown"));
    }

    @Test
    void killedBeforeTheServiceDecided() throws Exception {
        sandbox.fail(Fault.hangUp().delay(NEVER));
        killInFlight();
        assertPlaces(Map.of(0, "unknown"));
    }

    private void killInFlight() throws Exception {
        handIn(1);
        try (CourierProcess killed = CourierProcess.start(folder, sandbox)) {
            sandbox.awaitRequests(1, SOON);
            killed.kill();
        }
    }

    /** The service never saw a whole request; that cannot be told from the above. */
    @Test
    void killedWhileItsRequestGoesOut() throws Exception {
        handIn(1);
        try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI endpoint = URI.create("http://127.0.0.1:" + service.getLocalPort() + "/client/v4");
            try (CourierProcess killed = CourierProcess.start(folder, sandbox, endpoint);
                    Socket connected = service.accept()) {
                assertTrue(connected.getInputStream().read() > 0);
                killed.kill();
            }
        }
        assertPlaces(Map.of(0, "unknown"));
    }

    /** The first is throttled, and that is on record once the second is under way. */
    @Test
    void killedWhileAMessageWaitsForItsNextAttempt() throws Exception {
        handIn(2);
        sandbox.fail(
                Fault.error(ApiError.THROTTLED).header("Retry-After", "3"),
                Fault.none().delay(NEVER));
        try (CourierProcess killed = CourierProcess.start(folder, sandbox)) {
            sandbox.awaitRequests(2, SOON);
            killed.kill();
        }
        assertPlaces(Map.of(0, "accepted", 1, "accepted unknown"));
    }

    @Test
    void killedBeforeItSends() throws Exception {
        handIn(3);
        try (CourierProcess killed = CourierProcess.start(folder, sandbox)) {
            killed.kill(Duration.ofMillis(50)); // the JVM is hardly up
        }
        assertPlaces(Map.of(0, "accepted", 1, "accepted", 2, "accepted"));
    }

    @Test
    void killedAtRandom() throws Exception {
        handIn(MESSAGES);
        Random random = new Random(20261124);
        sandbox.fail(faults(random));
        Instant end = Instant.now().plus(KILLING_ENDS);
        int kills = 0;
        while (kills < KILLS
                && sandbox.requests().size() < ENOUGH_REQUESTS
                && Instant.now().isBefore(end)) {
            kill(random);
            kills++;
        }
        assertTrue(kills >= LEAST_KILLS, kills + " kills");
        int acceptedByThen = sandbox.accepted().size();
        Map<String, Integer> tally = new TreeMap<>();
        Map<Integer, String> places = places();
        assertEquals(MESSAGES, places.size(), "none is lost");
        places.values().forEach(place -> tally.merge(place, 1, Integer::sum));
        System.out.println(kills + " kills, " + acceptedByThen + " accepted by then; in the end " + tally);
        assertTrue(
                Set.of("accepted", "unknown", "accepted unknown", "refused").containsAll(tally.keySet()), "" + tally);
        assertTrue(acceptedByThen > 0 && acceptedByThen < MESSAGES, acceptedByThen + " of " + MESSAGES);
    }

    /**
     * The broker runs beside the courier, and goes down and comes back; others put in what cannot be read; a second courier
     * of the same name comes along. No message is lost, none accepted twice.
     */
    @Test
    void killedAtRandomBesideABrokerThatGoesDown() throws Exception {
        Random random = new Random(20261125);
        String url = "tcp://127.0.0.1:" + freePort();
        Broker broker = Broker.serving(folder, url);
        CourierProcess courier = CourierProcess.at(url, sandbox).awaitReady();
        Map<String, Integer> happened = new TreeMap<>();
        try {
            handIn(broker, MESSAGES / 2);
            sandbox.fail(faults(random));
            Instant end = Instant.now().plus(KILLING_ENDS);
            while (sandbox.requests().size() < ENOUGH_REQUESTS / 2
                    && Instant.now().isBefore(end)) {
                sandbox.awaitRequests(sandbox.requests().size() + random.nextInt(4), SOON);
                // Each of them once, then at random.
                int next = happened.values().stream().mapToInt(count -> count).sum();
                String event = EVENTS.get(next < EVENTS.size() ? next : random.nextInt(EVENTS.size()));
                happened.merge(event, 1, Integer::sum);
                switch (event) {
                    case "kill" -> {
                        courier.kill(Duration.ofMillis(random.nextInt(40)));
                        courier = CourierProcess.at(url, sandbox).awaitReady();
                    }
                    case "broker" -> {
                        broker.close();
                        broker = Broker.serving(folder, url);
                        courier.awaitReady();
                    }
                    case "unreadable" -> putUnreadable(broker);
                    default -> refuseSecond(broker);
                }
            }
            courier.kill();
        } finally {
            courier.close();
            broker.close();
        }
        int acceptedByThen = sandbox.accepted().size();
        Map<Integer, String> places = places();
        assertEquals(MESSAGES / 2, places.size(), "none is lost");
        Map<String, Integer> tally = new TreeMap<>();
        places.values().forEach(place -> tally.merge(place, 1, Integer::sum));
        System.out.println(happened + ", " + acceptedByThen + " accepted by then; in the end " + tally);
        assertTrue(
                Set.of("accepted", "unknown", "accepted unknown", "refused").containsAll(tally.keySet()), "" + tally);
        assertEquals(new TreeSet<>(EVENTS), new TreeSet<>(happened.keySet()));
        assertTrue(acceptedByThen > 0 && acceptedByThen < MESSAGES / 2, acceptedByThen + " accepted by then");
    }

    private static void putUnreadable(Broker broker) throws Exception {
        try (var connection = broker.connect();
                var session = connection.createSession()) {
            session.createProducer(session.createQueue(Outbox.WAITING)).send(session.createTextMessage("hello"));
            var bytes = session.createBytesMessage();
            bytes.setStringProperty("envelopeFrom", "a@example.com");
            bytes.setStringProperty("envelopeTo", "b@example.org");
            session.createProducer(session.createQueue(Outbox.WAITING)).send(bytes);
        }
    }

    private void refuseSecond(Broker broker) {
        assertThrows(
                JMSException.class,
                () -> new Courier(broker, "one", OutboxMail.properties(sandbox), CourierProcess.QUICK).close());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Most while it sends, some while it starts, when what it finds is moved. */
    private void kill(Random random) throws Exception {
        try (CourierProcess killed = CourierProcess.start(folder, sandbox)) {
            if (random.nextInt(4) == 0) {
                killed.kill(Duration.ofMillis(500 + random.nextInt(1500)));
            } else {
                killed.awaitReady();
                sandbox.awaitRequests(sandbox.requests().size() + random.nextInt(7), SOON);
                killed.kill(Duration.ofMillis(random.nextInt(40)));
            }
        }
    }

    private static Fault[] faults(Random random) {
        return IntStream.range(0, 3 * MESSAGES)
                .mapToObj(i -> switch (random.nextInt(10)) {
                    case 0 -> Fault.error(ApiError.THROTTLED);
                    case 1 -> Fault.hangUp();
                    default -> Fault.none();
                })
                .map(fault -> fault.delay(Duration.ofMillis(random.nextInt(30))))
                .toArray(Fault[]::new);
    }

    private void handIn(int messages) throws Exception {
        try (Broker broker = Broker.embedded(folder)) {
            handIn(broker, messages);
        }
    }

    private static void handIn(Broker broker, int messages) throws Exception {
        try (Outbox outbox = new Outbox(broker)) {
            for (int i = 0; i < messages; i++) {
                outbox.handIn(OutboxMail.to(i + "@example.org"));
            }
        }
    }

    private void assertPlaces(Map<Integer, String> expected) throws Exception {
        assertEquals(expected, places());
    }

    /** Where each message is when all is dealt with, every place as often as it is there. */
    private Map<Integer, String> places() throws Exception {
        try (Broker broker = Broker.embedded(folder);
                Outbox outbox = new Outbox(broker);
                Courier courier = new Courier(broker, "one", OutboxMail.properties(sandbox), CourierProcess.QUICK)) {
            boolean more = true;
            while (more) {
                more = courier.sendNext(LONGEST_WAIT);
            }
            assertEquals(List.of(), outbox.letters(Outbox.WAITING));
            assertEquals(List.of(), outbox.letters(Outbox.SENDING + "one"));
            Map<Integer, String> places = new TreeMap<>();
            for (Accepted accepted : sandbox.accepted()) {
                add(places, accepted.recipients(), "accepted");
            }
            List<String> followed = new ArrayList<>();
            for (RecipientRecord accepted : outbox.records(Outbox.ACCEPTED)) {
                followed.add(accepted.recipient());
            }
            for (String queue : List.of(Outbox.REFUSED, Outbox.UNKNOWN)) {
                for (Letter letter : outbox.letters(queue)) {
                    add(places, letter.to(), queue.substring("outbox.".length()));
                }
            }
            List<String> known = places.entrySet().stream()
                    .filter(place -> place.getValue().equals("accepted"))
                    .map(place -> place.getKey() + "@example.org")
                    .toList();
            assertEquals(new TreeSet<>(known), new TreeSet<>(followed), "each accepted message waits for its events");
            assertEquals(known.size(), followed.size(), "once");
            assertEndsByEvents(broker, outbox);
            return places;
        }
    }

    /** Also the messages whose courier was killed after the service had accepted them. */
    private void assertEndsByEvents(Broker broker, Outbox outbox) throws Exception {
        try (UnknownOutcomeLookup reconciler =
                        new UnknownOutcomeLookup(broker, events.client.analytics(events.sandbox.zone()));
                DeliveryEventProcessor processor = new DeliveryEventProcessor(broker)) {
            events.events().listen(processor).batchSize(100).untilEmpty().run();
            reconciler.reconcile();
            processor.settle();
        }
        assertEquals(List.of(), outbox.records(Outbox.ACCEPTED));
        Set<String> delivered = new TreeSet<>();
        for (RecipientRecord each : outbox.records(Outbox.DELIVERED)) {
            delivered.add(each.recipient());
        }
        Set<String> accepted = new TreeSet<>();
        sandbox.accepted().forEach(each -> accepted.addAll(each.recipients()));
        assertEquals(accepted, delivered);
    }

    private static void add(Map<Integer, String> places, List<String> recipients, String place) {
        int message = Integer.parseInt(recipients.get(0).replace("@example.org", ""));
        places.merge(message, place, (before, another) -> before + " " + another);
    }
}
