package io.flaremail.benchmark;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sends messages as it is told, one order a line: see {@link #main}. Each kind of client runs in a process of its own. */
final class Load {
    /** One thread's way to send one message again and again. */
    interface Post {
        void send() throws Exception;
    }

    /** A kind of client. */
    interface Client {
        Post post(int port, int thread, int recipients, boolean large) throws Exception;
    }

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Client client;
    private final int port;
    private final int recipients;
    private final boolean large;
    private final long end;
    private final long pause;
    private final AtomicInteger left;
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong allocated = new AtomicLong();
    private final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();

    private Load(Client client, int port, int recipients, boolean large, int messages, long millis, long pause) {
        this.client = client;
        this.port = port;
        this.recipients = recipients;
        this.large = large;
        this.left = new AtomicInteger(messages);
        this.end = System.nanoTime() + millis * 1_000_000;
        this.pause = pause;
    }

    /**
     * Orders: port, threads, recipients, small or large, messages and milliseconds at most, milliseconds to pause before
     * each. Answers: median nanoseconds of a message, nanoseconds of all, messages sent, messages failed, bytes allocated
     * for each.
     */
    static void obey(Client client) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] order = line.split(" ");
            Load load = new Load(
                    client,
                    Integer.parseInt(order[0]),
                    Integer.parseInt(order[2]),
                    order[3].equals("large"),
                    Integer.parseInt(order[4]),
                    Long.parseLong(order[5]),
                    Long.parseLong(order[6]));
            System.out.println(load.run(Integer.parseInt(order[1])));
        }
        System.exit(0);
    }

    private String run(int threads) throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> send(number));
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
        long time = System.nanoTime() - start;
        List<Long> sorted = times.stream().sorted().toList();
        long median = sorted.isEmpty() ? -1 : sorted.get(sorted.size() / 2);
        return median + " " + time + " " + sorted.size() + " " + failed + " "
                + allocated.get() / Math.max(1, sorted.size());
    }

    private void send(int thread) {
        try {
            Post post = client.post(port, thread, recipients, large);
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            while (left.getAndDecrement() > 0 && System.nanoTime() < end) {
                once(post);
            }
            allocated.addAndGet(
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        } catch (Exception | OutOfMemoryError e) {
            failed.incrementAndGet();
            e.printStackTrace();
        }
    }

    private void once(Post post) throws InterruptedException {
        Thread.sleep(pause);
        long start = System.nanoTime();
        try {
            post.send();
            times.add(System.nanoTime() - start);
        } catch (Exception | OutOfMemoryError e) {
            if (failed.incrementAndGet() == 1) {
                e.printStackTrace();
            }
        }
    }
}
