package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop: what reaches the handler, what is acknowledged, and how it ends. */
@Timeout(60)
class EventLoopTest {
    private SubscribedQueue queue;
    private Sandbox sandbox;
    private CloudflareEmail client;

    @BeforeEach
    void open() throws Exception {
        queue = SubscribedQueue.start(Sandbox.builder().eventDelay(Duration.ZERO), 100);
        sandbox = queue.sandbox;
        client = queue.client;
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private EventLoop loop(EventHandler handler) {
        return queue.events().listen(handler);
    }

    private ApiPath messages() {
        return client.api
                .path()
                .segment("accounts")
                .segment(sandbox.account())
                .segment("queues")
                .segment(queue.id)
                .segment("messages");
    }

    private void send(String... to) {
        for (String each : to) {
            Email letter = Email.builder()
                    .from("billing@example.com")
                    .to(each + "@example.org")
                    .subject("S")
                    .text("T")
                    .build();
            try {
                client.sending(sandbox.account()).send(letter);
            } catch (CloudflareApiException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Remembers what it was told. */
    private static class Recorder implements EventHandler {
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void handle(DeliveryEvent event) throws Exception {
            told.add(event.getRecipient().replaceFirst("@.*", ""));
        }

        @Override
        public void onFailure(DeliveryEvent event, Throwable failure) {
            told.add("failure " + failure.getMessage());
        }

        @Override
        public void onUnreadable(PulledMessage message) {
            told.add("unreadable");
        }

        @Override
        public void onRequestFailure(CloudflareApiException failure) {
            told.add("request " + failure.getStatus());
        }
    }

    @Test
    void eachEventIsHandledAndAcknowledged() throws Exception {
        send("a", "b", "c");
        Recorder recorder = new Recorder();
        loop(recorder).batchSize(2).untilEmpty().run();
        assertEquals(List.of("a", "b", "c"), recorder.told);
        assertEquals(0, queue.backlog());
    }

    @Test
    void acknowledgedOnlyAfterTheHandlerReturned() throws Exception {
        send("a", "b");
        List<Long> backlogs = new ArrayList<>();
        loop(event -> backlogs.add((long) queue.backlog())).untilEmpty().run();
        assertEquals(List.of(2L, 1L), backlogs);
    }

    @Test
    void aRepeatedEventIsAcknowledgedWithoutTheHandler() throws Exception {
        sandbox.events().duplicate(1);
        send("a", "b");
        sandbox.redeliverEvents();
        Recorder recorder = new Recorder();
        SeenEvents seen = SeenEvents.inMemory(10);
        loop(recorder).seen(seen).untilEmpty().run();
        sandbox.redeliverEvents();
        loop(recorder).seen(seen).untilEmpty().run();
        assertEquals(List.of("a", "b"), recorder.told);
        assertEquals(0, queue.backlog());
    }

    @Test
    void memoryIsBounded() throws Exception {
        SeenEvents seen = SeenEvents.inMemory(2);
        for (String id : List.of("1", "2", "3")) {
            seen.add(id);
        }
        assertFalse(seen.contains("1"));
        assertTrue(seen.contains("2") && seen.contains("3"));
    }

    /** Then the cause is not the event: the others must not use up their attempts. */
    @Test
    void threeFailuresInARowStopTheBatch() throws Exception {
        send("a", "b", "c", "d", "e", "f", "g", "h");
        Recorder recorder = new Recorder() {
            @Override
            public void handle(DeliveryEvent event) {
                throw new StackOverflowError("down");
            }
        };
        EventLoop loop = loop(recorder);
        CompletableFuture<Void> run = run(loop);
        while (recorder.told.size() < 5) {
            Thread.sleep(10);
        }
        loop.close();
        run.get(10, TimeUnit.SECONDS);
        assertTrue(recorder.told.size() <= 6, recorder.told::toString);
        ApiPath peek = messages().segment("peek");
        List<Long> attempts = client.api.post(peek, Map.of("batch_size", 10)).get("messages").objects().stream()
                .map(message -> message.number("attempts").orElseThrow())
                .collect(java.util.stream.Collectors.toList());
        assertEquals(8, attempts.size(), "none is lost");
        assertTrue(attempts.stream().allMatch(each -> each <= 3), attempts::toString);
    }

    @Test
    void anEventThatFailsDoesNotHoldUpTheOthers() throws Exception {
        send("a", "b", "c", "d", "e", "f");
        Recorder recorder = new Recorder() {
            @Override
            public void handle(DeliveryEvent event) throws Exception {
                super.handle(event);
                if (event.getRecipient().matches("[bd]@.*")) {
                    throw new Exception("poison");
                }
            }
        };
        loop(recorder).untilEmpty().run();
        assertEquals(List.of("a", "b", "failure poison", "c", "d", "failure poison", "e", "f"), recorder.told);
        assertEquals(2, queue.backlog());
    }

    /** More events that fail than end a batch, in front of the others. The waits are a tenth of the defaults. */
    @Test
    void eventsThatAlwaysFailDoNotHoldUpTheOthers() throws Exception {
        IntStream.range(0, 12).forEach(i -> send("poison+" + i));
        IntStream.range(0, 20).forEach(i -> send("ada+" + i));
        CountDownLatch others = new CountDownLatch(20);
        EventLoop loop = loop(event -> {
                    if (event.getRecipient().startsWith("poison")) {
                        throw new Exception("always");
                    }
                    others.countDown();
                })
                .firstWait(Duration.ofMillis(100))
                .maxWait(Duration.ofSeconds(1));
        CompletableFuture<Void> run = run(loop);
        assertTrue(others.await(30, TimeUnit.SECONDS));
        loop.close();
        run.get();
        assertEquals(12, queue.backlog());
    }

    /** A run that ends tries each event once, but not all of a queue if the target is down. */
    @Test
    void aRunUntilEmptyEndsWhileTheHandlerFails() throws Exception {
        IntStream.range(0, 40).forEach(i -> send("a" + i));
        List<String> failed = new CopyOnWriteArrayList<>();
        loop(event -> {
                    failed.add(event.getRecipient());
                    throw new Exception("down");
                })
                .untilEmpty()
                .run();
        assertEquals(30, new HashSet<>(failed).size());
        assertEquals(30, failed.size());
        assertEquals(40, queue.backlog());
    }

    /** Else those that are never reached would use up their attempts. */
    @Test
    void pullsNoMoreThanALeaseIsEnoughFor() throws Exception {
        try (SubscribedQueue few = SubscribedQueue.start(Sandbox.builder().eventDelay(Duration.ZERO), 3)) {
            Email.Builder letter =
                    Email.builder().from("a@example.com").subject("S").text("T");
            IntStream.range(0, 20).forEach(i -> letter.to("a" + i + "@example.org"));
            few.client.sending(few.sandbox.account()).send(letter.build());
            Set<String> handled = new HashSet<>();
            EventLoop loop = few.events()
                    .listen(event -> {
                        handled.add(event.getRecipient());
                        Thread.sleep(150);
                    })
                    .batchSize(20)
                    .lease(Duration.ofSeconds(1))
                    .firstWait(Duration.ofMillis(100));
            CompletableFuture<Void> run = run(loop);
            few.awaitEmpty();
            loop.close();
            run.get();
            assertEquals(20, handled.size(), "the others left the queue unhandled");
        }
    }

    @Test
    void notificationsThatThrowAreIgnored() throws Exception {
        send("a");
        List<String> handled = new ArrayList<>();
        loop(new EventHandler() {
                    @Override
                    public void handle(DeliveryEvent event) {
                        handled.add(event.getRecipient());
                    }

                    @Override
                    public void onPull(int messages, long backlog) {
                        throw new IllegalStateException("no");
                    }
                })
                .untilEmpty()
                .run();
        assertEquals(List.of("a@example.org"), handled);
    }

    /** A token file that is being replaced is empty for a moment. */
    @Test
    void aMissingTokenIsSurvived() throws Exception {
        send("a");
        java.util.concurrent.atomic.AtomicInteger calls = new java.util.concurrent.atomic.AtomicInteger();
        try (CloudflareEmail rotating = CloudflareEmail.builder()
                .token(() -> calls.incrementAndGet() == 2 ? "" : sandbox.token())
                .endpoint(sandbox.endpoint())
                .jitter(() -> 0)
                .build()) {
            Recorder recorder = new Recorder();
            EventLoop loop = rotating.deliveryEvents(sandbox.account(), queue.id)
                    .listen(recorder)
                    .lease(Duration.ofSeconds(1))
                    .firstWait(Duration.ofMillis(10));
            CompletableFuture<Void> run = run(loop);
            queue.awaitEmpty();
            loop.close();
            run.get(10, TimeUnit.SECONDS);
            assertEquals(List.of("a", "request 200"), recorder.told, "handled once, acknowledged later");
        }
    }

    @Test
    void waits() {
        LoopWaits waits = new LoopWaits(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertEquals(Duration.ofSeconds(1), waits.whileEmpty(Duration.ZERO));
        assertEquals(Duration.ofSeconds(10), waits.whileEmpty(Duration.ofSeconds(8)));
        assertEquals(Duration.ofSeconds(1), waits.afterFailures(1, null));
        assertEquals(Duration.ofSeconds(4), waits.afterFailures(3, null));
        assertEquals(Duration.ofSeconds(10), waits.afterFailures(100, null));
        assertEquals(Duration.ofSeconds(10), waits.ofEvent(1));
        assertEquals(Duration.ofSeconds(40), waits.ofEvent(3));
        assertEquals(Duration.ofMinutes(5), waits.ofEvent(100));
        assertEquals(Duration.ofMinutes(1), waits.afterFailures(100, CloudflareApiException.strange("no answer")));
    }

    /** The event that failed comes again later, the others of the batch at once. */
    @Test
    void aHandlerThatThrows() throws Exception {
        send("a", "b", "c");
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        Recorder recorder = new Recorder() {
            @Override
            public void handle(DeliveryEvent event) throws Exception {
                super.handle(event);
                if (event.getRecipient().startsWith("b") && told.indexOf("b") == told.lastIndexOf("b")) {
                    throw new Exception("later");
                }
                handled.add(event.getRecipient());
            }
        };
        EventLoop loop = loop(recorder).firstWait(Duration.ofMillis(100));
        CompletableFuture<Void> run = run(loop);
        for (int i = 0; i < 3; i++) {
            handled.poll(30, TimeUnit.SECONDS);
        }
        loop.close();
        run.get(10, TimeUnit.SECONDS);
        assertEquals(List.of("a", "b", "failure later", "c", "b"), recorder.told);
        assertEquals(0, queue.backlog());
    }

    @Test
    void whatCannotBeReadIsNotAcknowledged() throws Exception {
        client.api.post(messages(), Map.of("body", "hello", "content_type", "text"));
        send("a");
        Recorder recorder = new Recorder();
        loop(recorder).untilEmpty().run();
        assertEquals(List.of("unreadable", "a"), recorder.told);
        assertEquals(1, queue.backlog());
    }

    /** Larger than a queue accepts. If it cannot be read it stays; an event with such a field is handled. */
    @Test
    void bodiesOfFiveMegabytes() throws Exception {
        send("a");
        String large = "x".repeat(5_000_000);
        String event = "{\"type\":\"cf.email.sending.message.opened\",\"payload\":{\"eventId\":\"e\"},\"more\":\""
                + large + "\"}";
        String message = "{\"id\":\"1\",\"lease_id\":\"none\",\"attempts\":1,\"body\":\"%s\"}";
        String messages = message.formatted(large) + "," + message.formatted(event.replace("\"", "\\\""));
        sandbox.failPulls(Fault.status(200, "{\"success\":true,\"result\":{\"messages\":[" + messages + "]}}"));
        Recorder recorder = new Recorder() {
            @Override
            public void handle(DeliveryEvent each) {
                told.add(each.getRecipient() + each.getJson().length());
            }
        };
        EventLoop loop = loop(recorder);
        CompletableFuture<Void> run = run(loop);
        queue.awaitEmpty();
        loop.close();
        run.get();
        assertEquals(List.of("unreadable", "" + event.length()), recorder.told.subList(0, 2));
    }

    /** The response is cut where a document would not fit any more; nothing in it was acknowledged. */
    @Test
    void anAnswerLargerThanAny() throws Exception {
        send("a");
        sandbox.failPulls(
                Fault.status(200, "{\"success\":true,\"result\":{\"messages\":[\"" + "x".repeat(40 << 20) + "\"]}}"));
        Recorder recorder = new Recorder();
        EventLoop loop = loop(recorder).firstWait(Duration.ofMillis(10));
        CompletableFuture<Void> run = run(loop);
        queue.awaitEmpty();
        loop.close();
        run.get();
        assertEquals(2, recorder.told.size(), recorder.told::toString);
        assertTrue(recorder.told.get(0).startsWith("request"), recorder.told.get(0));
        assertEquals("a", recorder.told.get(1));
    }

    /** Events whose lease ended while others were handled are left to whoever pulls them next. */
    @Test
    void aHandlerThatTakesLongerThanTheLease() throws Exception {
        send("a", "b", "c");
        Recorder recorder = new Recorder() {
            @Override
            public void handle(DeliveryEvent event) throws Exception {
                super.handle(event);
                if (told.size() == 1) {
                    Thread.sleep(1_200);
                }
            }
        };
        EventLoop loop = loop(recorder).lease(Duration.ofSeconds(1)).firstWait(Duration.ofMillis(10));
        CompletableFuture<Void> run = run(loop);
        queue.awaitEmpty();
        loop.close();
        run.get();
        assertEquals(List.of("a", "b", "c"), recorder.told);
    }

    @Test
    void aLostAcknowledgementIsRepeated() throws Exception {
        send("a", "b");
        sandbox.failPulls(Fault.none(), Fault.reset().afterAccepting(), Fault.html(502));
        Recorder recorder = new Recorder();
        loop(recorder).untilEmpty().run();
        assertEquals(List.of("a", "b"), recorder.told);
        assertEquals(0, queue.backlog());
    }

    @Test
    void failuresOfTheNetworkAreSurvived() throws Exception {
        send("a");
        sandbox.failPulls(Fault.none().delay(Duration.ZERO), Fault.none(), Fault.html(502), Fault.reset());
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        Recorder recorder = new Recorder() {
            @Override
            public void onRequestFailure(CloudflareApiException failure) {
                super.onRequestFailure(failure);
                handled.add("failed");
            }
        };
        try (EventLoop loop = loop(recorder)) {
            run(loop);
            for (int i = 0; i < 2; i++) {
                assertEquals("failed", handled.poll(30, TimeUnit.SECONDS));
            }
        }
        assertEquals(List.of("a", "request 502", "request 0"), recorder.told);
    }

    @Test
    void aWrongTokenEndsTheLoopAtOnce() {
        CloudflareEmail other = CloudflareEmail.builder()
                .token("wrong")
                .endpoint(sandbox.endpoint())
                .build();
        EventLoop loop = other.deliveryEvents(sandbox.account(), queue.id).listen(event -> {});
        assertEquals(401, assertThrows(CloudflareApiException.class, loop::run).getStatus());
    }

    private static CompletableFuture<Void> run(EventLoop loop) {
        return CompletableFuture.runAsync(() -> {
            try {
                loop.run();
            } catch (CloudflareApiException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Idle, waiting for a response that never comes, and while an event is handled. */
    @Test
    void closingWhileIdle() throws Exception {
        EventLoop loop = loop(new Recorder());
        CompletableFuture<Void> run = run(loop);
        sandbox.awaitRequests(4, Duration.ofSeconds(20));
        loop.close();
        run.get(5, TimeUnit.SECONDS);
    }

    @Test
    void closingWhileAPullHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                CloudflareEmail slow = CloudflareEmail.builder()
                        .token("t")
                        .endpoint(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                        .build()) {
            EventLoop loop = slow.deliveryEvents("a", "q").listen(event -> {});
            CompletableFuture<Void> run = run(loop);
            silent.accept().getInputStream().read();
            loop.close();
            run.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void closingWhileAnEventIsHandled() throws Exception {
        send("a", "b");
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        EventLoop loop = loop(event -> {
            handling.countDown();
            go.await();
        });
        CompletableFuture<Void> run = run(loop);
        handling.await();
        loop.close();
        assertFalse(run.isDone(), "the handler has not returned");
        go.countDown();
        run.get(5, TimeUnit.SECONDS);
        assertEquals(1, queue.backlog(), "the first is acknowledged");
        Recorder next = new Recorder();
        loop(next).untilEmpty().run();
        assertEquals(List.of("b"), next.told, "the second was given back");
    }

    @Test
    void closingFromTheHandler() throws Exception {
        send("a", "b");
        List<EventLoop> self = new ArrayList<>();
        Recorder recorder = new Recorder() {
            @Override
            public void handle(DeliveryEvent event) throws Exception {
                super.handle(event);
                self.get(0).close();
            }
        };
        self.add(loop(recorder));
        self.get(0).run();
        assertEquals(List.of("a"), recorder.told);
        assertEquals(1, queue.backlog());
    }

    @Test
    void aLoopRunsOnce() throws Exception {
        EventLoop loop = loop(event -> {}).untilEmpty();
        loop.run();
        assertThrows(IllegalStateException.class, loop::run);
        EventLoop closed = loop(event -> {});
        closed.close();
        closed.run();
    }
}
