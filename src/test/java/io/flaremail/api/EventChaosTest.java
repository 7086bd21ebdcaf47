package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lost pulls and acknowledgements, duplicates, disorder, handlers that fail, and several consumers: every event reaches a
 * handler, and one consumer handles each event once. A process that is killed is in KilledListenerIT.
 */
@Timeout(180)
class EventChaosTest {
    private static final int MESSAGES = 25;
    private static final int RECIPIENTS = 25;

    private SubscribedQueue queue;
    private Sandbox sandbox;
    private CloudflareEmail client;

    @BeforeEach
    void open() throws Exception {
        queue = SubscribedQueue.start(
                Sandbox.builder().eventDelay(Duration.ZERO).keepBodies(false).noQuota(), 100);
        sandbox = queue.sandbox;
        client = queue.client;
    }

    @AfterEach
    void close() {
        queue.close();
    }

    /** @return a description of each event that is to come */
    private Set<String> send() throws CloudflareApiException {
        Set<String> expected = new TreeSet<>();
        String[] locals = {"ada", "defer", "bounce-later", "complain"};
        String[][] kinds = {{"DELIVERED"}, {"DEFERRED", "DELIVERED"}, {"BOUNCED"}, {"DELIVERED", "COMPLAINED"}};
        for (int message = 0; message < MESSAGES; message++) {
            Email.Builder letter =
                    Email.builder().from("a@example.com").subject("S").text("T");
            for (int i = 0; i < RECIPIENTS; i++) {
                String to = locals[i % locals.length] + "+" + message + "." + i + "@example.org";
                letter.to(to);
                for (String kind : kinds[i % locals.length]) {
                    expected.add(kind + " " + to);
                }
            }
            client.sending(sandbox.account()).send(letter.build());
        }
        return expected;
    }

    private static List<Fault> faults(Random random, int count) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            faults.add(
                    switch (random.nextInt(8)) {
                        case 0 -> Fault.reset();
                        case 1 -> Fault.reset().afterAccepting();
                        case 2 -> Fault.html(502).afterAccepting();
                        case 3 -> Fault.hangUp();
                        default -> Fault.none();
                    });
        }
        return faults;
    }

    private EventLoop loop(EventHandler handler) {
        return queue.events()
                .listen(handler)
                .batchSize(50)
                .lease(Duration.ofSeconds(1))
                .firstWait(Duration.ofMillis(5));
    }

    private void runUntilEmpty(List<EventLoop> loops) throws Exception {
        List<CompletableFuture<Void>> running = loops.stream()
                .map(loop -> CompletableFuture.runAsync(() -> {
                    try {
                        loop.run();
                    } catch (CloudflareApiException e) {
                        throw new AssertionError(e);
                    }
                }))
                .collect(Collectors.toList());
        while (queue.backlog() > 0 && running.stream().noneMatch(CompletableFuture::isDone)) {
            Thread.sleep(20);
        }
        loops.forEach(EventLoop::close);
        for (CompletableFuture<Void> each : running) {
            each.get();
        }
    }

    private static String describe(DeliveryEvent event) {
        return event.getKind() + " " + event.getRecipient();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneConsumerHandlesEachEventOnce(long seed) throws Exception {
        Random random = new Random(seed);
        sandbox.events().duplicate(200);
        sandbox.events().newestFirst(random.nextBoolean());
        Set<String> expected = send();
        sandbox.redeliverEvents();
        // The first pull must succeed: a listener that starts with a wrong configuration ends.
        sandbox.failPulls(Fault.none());
        sandbox.failPulls(faults(random, 250).toArray(Fault[]::new));
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        Map<String, Integer> tries = new HashMap<>();
        AtomicInteger failures = new AtomicInteger();
        EventLoop loop = loop(event -> {
            if (tries.merge(event.getEventId(), 1, Integer::sum) == 1 && random.nextInt(300) == 0) {
                failures.incrementAndGet();
                throw new Exception("not now");
            }
            handled.add(describe(event));
        });
        runUntilEmpty(List.of(loop));
        assertEquals(expected, new TreeSet<>(handled), "none is missing");
        assertEquals(expected.size(), handled.size(), "none is handled twice");
        System.out.println("seed " + seed + ": " + expected.size() + " events, "
                + sandbox.requests().size() + " requests, " + failures + " failures of the handler");
    }

    /** Two consumers may have copies of one event at the same time. */
    @Test
    void severalConsumersMissNothing() throws Exception {
        sandbox.events().duplicate(100);
        Set<String> expected = send();
        SeenEvents seen = SeenEvents.inMemory(10_000);
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        List<EventLoop> loops = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loops.add(loop(event -> handled.add(describe(event))).seen(seen));
        }
        runUntilEmpty(loops);
        assertEquals(expected, new TreeSet<>(handled));
        assertTrue(handled.size() <= expected.size() + 100, () -> handled.size() + " of " + expected.size());
        System.out.println(handled.size() - expected.size() + " events were handled by two consumers at once");
    }
}
