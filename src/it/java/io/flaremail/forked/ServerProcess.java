package io.flaremail.forked;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The JVM that a server runs in; what it prints is in {@code server.log} in its folder. */
public final class ServerProcess implements AutoCloseable {
    private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");

    private final Process process;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public static ServerProcess java(Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA_BIN.resolve("java").toString(), "-Xmx512m"));
        // What only soft references hold is no leak, and is to be gone at the next collection.
        command.add("-XX:SoftRefLRUPolicyMSPerMB=0");
        command.addAll(arguments);
        return start(folder, environment, command);
    }

    /** Any command that becomes a JVM, such as a product's own script. */
    public static ServerProcess start(Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        Path log = folder.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return new ServerProcess(builder.start(), log);
    }

    /** A port that was free a moment ago, for servers that cannot be given port 0 and say which it became. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Looks again and again, until it is so, the process ends, or {@code atMost} is over. */
    public void await(String what, Duration atMost, BooleanSupplier isSo) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isSo.getAsBoolean()) {
            if (ended(200) || System.nanoTime() > end) {
                throw new AssertionError(what + " did not come about; the end of " + log + ":\n" + lastLines());
            }
        }
    }

    /** For a tool that ends by itself. */
    void awaitSuccess(Duration atMost) {
        boolean ended = ended(Math.toIntExact(atMost.toMillis()));
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError((ended ? "It failed: " : "It does not end: ") + lastLines());
        }
    }

    /** The end of the process, or some milliseconds, whichever comes first. */
    private boolean ended(int milliseconds) {
        return uninterrupted(() -> process.waitFor(milliseconds, TimeUnit.MILLISECONDS));
    }

    /** The body of an answer with status 200; empty for any other, and when there is none. */
    public String get(URI uri) {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
        return uninterrupted(() -> {
            try {
                var answer = http.send(request, BodyHandlers.ofString());
                return answer.statusCode() == 200 ? answer.body() : "";
            } catch (IOException notThere) {
                return "";
            }
        });
    }

    /** How many classes of this name there are after a collection, each in a class loader of its own. */
    long classesNamed(String name) {
        jcmd("GC.run");
        return jcmd("VM.class_hierarchy", name)
                .lines()
                .filter(line -> line.contains(name + "/"))
                .count();
    }

    private String jcmd(String... command) {
        List<String> line = new ArrayList<>(List.of(JAVA_BIN.resolve("jcmd").toString(), "" + process.pid()));
        line.addAll(List.of(command));
        try {
            Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
            return new String(jcmd.getInputStream().readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String lastLines() {
        try {
            List<String> lines = new String(Files.readAllBytes(log)).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!ended(20_000)) {
            process.destroyForcibly();
        }
    }

    private interface Waiting<T> {
        T result() throws InterruptedException;
    }

    private static <T> T uninterrupted(Waiting<T> waiting) {
        try {
            return waiting.result();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
