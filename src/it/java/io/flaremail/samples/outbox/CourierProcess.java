package io.flaremail.samples.outbox;

import io.flaremail.sandbox.Sandbox;
import jakarta.jms.JMSException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker and a courier in a process of their own, which can be killed. */
final class CourierProcess implements AutoCloseable {
    static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), 5);
    private static final String READY = "ready";

    private final Process process;
    private final BufferedReader output;

    private CourierProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static CourierProcess start(Path folder, Sandbox sandbox) throws IOException {
        return start(folder, sandbox, sandbox.endpoint());
    }

    /** One whose broker is elsewhere, at a URL. */
    static CourierProcess at(String broker, Sandbox sandbox) throws IOException {
        return start(broker, sandbox, sandbox.endpoint());
    }

    static CourierProcess start(Path folder, Sandbox sandbox, URI endpoint) throws IOException {
        return start(folder.toString(), sandbox, endpoint);
    }

    private static CourierProcess start(String broker, Sandbox sandbox, URI endpoint) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path")));
        command.addAll(List.of("-Dmail.cloudflare.account=" + sandbox.account()));
        command.addAll(List.of("-Dmail.cloudflare.token=" + sandbox.token(), "-Dmail.cloudflare.endpoint=" + endpoint));
        command.addAll(List.of(CourierProcess.class.getName(), broker));
        return new CourierProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Runs until it is killed. */
    public static void main(String[] args) throws Exception {
        try (Broker broker = args[0].startsWith("tcp:") ? Broker.at(args[0]) : Broker.embedded(Path.of(args[0]))) {
            while (true) {
                deliver(broker);
                Thread.sleep(50);
            }
        }
    }

    /** Until the broker goes down; then the caller begins anew. */
    private static void deliver(Broker broker) {
        try (Courier courier = new Courier(broker, "one", System.getProperties(), QUICK)) {
            System.out.println(READY);
            while (true) {
                courier.sendNext(Duration.ofSeconds(1));
            }
        } catch (JMSException brokerIsDown) {
            System.err.println(brokerIsDown);
        }
    }

    /** From here on it sends; or sends again, where its broker went down. */
    CourierProcess awaitReady() throws IOException {
        String line = output.readLine();
        if (!READY.equals(line)) {
            throw new IllegalStateException("the courier's process said " + line);
        }
        return this;
    }

    /** As {@code kill -9} does, after so long. */
    void kill(Duration after) throws InterruptedException {
        process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
        kill();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
