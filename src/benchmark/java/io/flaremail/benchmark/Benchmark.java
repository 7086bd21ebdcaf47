package io.flaremail.benchmark;

import io.flaremail.Serialising;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Measures everything and writes {@code benchmark/RESULTS.md} and {@code benchmark/round-trips.svg}. */
public final class Benchmark {
    private static final int FORKS = 3;

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        Instant start = Instant.now();
        Child.makeKeys();
        Samples samples = new Samples();
        serialise(samples);
        try (Network network = new Network(samples)) {
            network.measure();
        }
        Path directory = Files.createDirectories(Path.of("benchmark"));
        String results = Results.of(samples, Duration.between(start, Instant.now()));
        Files.writeString(directory.resolve("RESULTS.md"), results);
        Files.writeString(directory.resolve("round-trips.svg"), Picture.of(samples));
        System.out.println(results);
    }

    /** Several processes, since compilers decide differently each time. */
    private static void serialise(Samples samples) throws IOException {
        for (int fork = 0; fork < FORKS; fork++) {
            System.out.println("serialising " + (fork + 1) + " of " + FORKS);
            try (Child child = Child.start(Child.JAKARTA, "512m", Serialising.class)) {
                child.hearAll().forEach(line -> add(samples, line.split(" ")));
            }
        }
    }

    private static void add(Samples samples, String[] words) {
        String[] names = {"nanos ours", "nanos floor", "nanos naive", "bytes ours", "bytes floor", "bytes naive"};
        for (int i = 0; i < names.length; i++) {
            samples.add(words[0] + " " + names[i], Double.parseDouble(words[i + 1]));
        }
        samples.add(words[0] + " wire", Double.parseDouble(words[7]) / Double.parseDouble(words[8]));
    }
}
