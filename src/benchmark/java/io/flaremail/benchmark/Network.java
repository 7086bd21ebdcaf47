package io.flaremail.benchmark;

import io.flaremail.benchmark.JakartaClient.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that goes over a network. In each round all kinds of client have their turn, one after the other. */
final class Network implements AutoCloseable {
    static final String AWS = "AWS";
    static final String BARE = "BARE";
    private static final int ROUNDS = 7;
    private static final int RTT = 80;
    private static final int NEVER = 600_000;
    private static final int[] GAPS = {100, 200, 250, 350, 400, 600};

    private final Samples samples;
    private final Child servers;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Child> clients = new LinkedHashMap<>();

    Network(Samples samples) throws Exception {
        this.samples = samples;
        servers = Child.start(Child.ALL, "512m", Servers.class, Child.keys());
        for (int i = 0; i < 7; i++) {
            String[] port = servers.hear();
            ports.put(port[0], Integer.valueOf(port[1]));
        }
        for (Kind kind : Kind.values()) {
            clients.put(kind.name(), jakarta(kind, "256m"));
        }
        clients.put(BARE, Child.start(Child.JAKARTA, "256m", BareClient.class));
        clients.put(AWS, Child.start(Child.JAVAX, "256m", JavaxClient.class));
    }

    void measure() throws Exception {
        warmUp();
        for (int round = 0; round < ROUNDS; round++) {
            System.out.println("round " + (round + 1) + " of " + ROUNDS);
            latency();
            throughput();
            manyThreads();
            idle();
            coldStart();
        }
        largeMessages();
    }

    private void warmUp() throws Exception {
        // Other kinds of message make the compilers start over, so those come first.
        for (Kind kind : new Kind[] {Kind.FLAREMAIL, Kind.KEPT_OPEN}) {
            order(kind.name(), "", 1, 1, "small", NEVER, 4000, 0);
            order(kind.name(), "", 1, 1, "large", 20, NEVER, 0);
            order(kind.name(), "", 1, 50, "small", 20, NEVER, 0);
        }
        for (String client : clients.keySet()) {
            // Compilers need thousands of messages; per call there are few, and most of their time is others'.
            int millis = client.equals(Kind.FLAREMAIL.name()) || client.equals(Kind.KEPT_OPEN.name()) ? 12_000 : 4000;
            order(client, "", 1, 1, "small", NEVER, millis, 0);
            order(client, "", 8, 1, "small", NEVER, millis, 0);
            order(client, "80", 1, 1, "small", 1, NEVER, 0);
        }
        order(Kind.FLAREMAIL.name(), "20", 64, 1, "small", NEVER, 2000, 0);
        order(BARE, "20", 64, 1, "small", NEVER, 1000, 0);
    }

    /** Round trips to a message, warm. */
    private void latency() throws Exception {
        for (int recipients : new int[] {1, 50}) {
            for (String client : clients.keySet()) {
                int messages = isSmtp(client) ? 1 + 1 / recipients : 9;
                Answer answer = order(client, "80", 1, recipients, "small", messages, NEVER, 0);
                answer.requireNoFailure();
                samples.add("latency " + recipients + " " + client, answer.median / 1e6 / RTT);
            }
        }
    }

    /** Messages a second without delay. Each client runs into its stride first: it has waited for the others. */
    private void throughput() throws IOException {
        for (int threads : new int[] {1, 8}) {
            for (String client : clients.keySet()) {
                order(client, "", threads, 1, "small", NEVER, 500, 0);
                Answer answer = order(client, "", threads, 1, "small", NEVER, 1500, 0);
                answer.requireNoFailure();
                samples.add("rate " + threads + " " + client, answer.rate());
            }
        }
    }

    private void manyThreads() throws IOException {
        for (String client : new String[] {BARE, Kind.FLAREMAIL.name()}) {
            Answer answer = order(client, "20", 64, 1, "small", NEVER, 1500, 0);
            answer.requireNoFailure();
            samples.add("share " + client, answer.rate() / (64 / 0.020));
        }
        for (Kind kind : new Kind[] {Kind.FLAREMAIL, Kind.KEPT_OPEN}) {
            Answer answer = order(kind.name(), "", 1, 1, "large", 3, NEVER, 0);
            answer.requireNoFailure();
            samples.add("allocated " + kind, (double) answer.allocated / Mails.LARGE);
        }
    }

    /** Sends with pauses before and after the server's patience ends; and, counted apart, just when it does. */
    private void idle() throws IOException {
        for (int gap : GAPS) {
            Answer answer = order(Kind.FLAREMAIL.name(), "idle", 1, 1, "small", 2, NEVER, gap);
            samples.add("idle posts", answer.sent + answer.failed);
            samples.add("idle lost", answer.failed);
        }
        Answer race = order(Kind.FLAREMAIL.name(), "idle", 1, 1, "small", 4, NEVER, Servers.IDLE_MILLIS);
        samples.add("race posts", race.sent + race.failed);
        samples.add("race lost", race.failed);
    }

    private void coldStart() throws IOException {
        for (String kind : new String[] {BARE, Kind.FLAREMAIL.name(), Kind.PER_CALL_NODELAY.name()}) {
            int port = ports.get(isSmtp(kind) ? "smtp" : "http");
            try (Child child = Child.start(Child.JAKARTA, "256m", ColdStart.class, kind, port)) {
                samples.add("cold " + kind, Double.parseDouble(child.hear()[0]));
            }
        }
    }

    private void largeMessages() throws IOException {
        for (Kind kind : new Kind[] {Kind.FLAREMAIL, Kind.KEPT_OPEN}) {
            try (Child child = jakarta(kind, "64m")) {
                clients.put(kind.name(), child).close();
                Answer answer = order(kind.name(), "", 64, 1, "large", 128, NEVER, 0);
                samples.add("large delivered " + kind, answer.sent);
            }
        }
    }

    private static Child jakarta(Kind kind, String memory) throws IOException {
        return Child.start(Child.JAKARTA, memory, JakartaClient.class, kind);
    }

    private Answer order(
            String client, String way, int threads, int recipients, String size, int messages, int millis, int gap)
            throws IOException {
        int port = ports.get(way.equals("idle") ? way : (isSmtp(client) ? "smtp" : "http") + way);
        return new Answer(clients.get(client).ask(port, threads, recipients, size, messages, millis, gap));
    }

    private static boolean isSmtp(String client) {
        return !List.of(BARE, AWS, Kind.FLAREMAIL.name()).contains(client);
    }

    @Override
    public void close() throws IOException {
        for (Child client : clients.values()) {
            client.close();
        }
        servers.close();
    }

    /** What {@link Load} says. */
    private static final class Answer {
        final long median;
        final long time;
        final int sent;
        final int failed;
        final long allocated;

        Answer(String[] words) {
            long[] numbers = Arrays.stream(words).mapToLong(Long::parseLong).toArray();
            median = numbers[0];
            time = numbers[1];
            sent = (int) numbers[2];
            failed = (int) numbers[3];
            allocated = numbers[4];
        }

        double rate() {
            return sent / (time / 1e9);
        }

        void requireNoFailure() {
            if (failed > 0) {
                throw new IllegalStateException(failed + " messages failed: see target/benchmark/errors.log");
            }
        }
    }
}
