package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program of {@code src/it/apps}, which know nothing of this project: one source file, run by a JVM of its own with a class path of
 * its own. Immutable.
 */
public record Program(String source, ClassPath classPath, Map<String, String> properties) {
    private static final Path SOURCES = Path.of("src/it/apps");

    public Program(String source, ClassPath classPath) {
        this(source, classPath, Map.of());
    }

    public static String file(String name) {
        return SOURCES.resolve(name).toAbsolutePath().toString();
    }

    public Program with(String key, String value) {
        return with(Map.of(key, value));
    }

    /** With these system properties as well. */
    public Program with(Map<String, String> more) {
        Map<String, String> both = new TreeMap<>(properties);
        both.putAll(more);
        return new Program(source, classPath, both);
    }

    /** It must end well, and have had nothing to complain of. */
    public void run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path complaints = directory.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.redirectOutput(directory.resolve("stdout").toFile()).redirectError(complaints.toFile());
        // What the machine that builds has there must neither decide nor print anything.
        builder.environment().keySet().removeIf(name -> name.matches("CLOUDFLARE_.*|.*JAVA_.*OPTIONS"));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            assertEquals("", Files.readString(complaints), source);
            assertEquals(0, ended ? process.exitValue() : -1, source);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", classPath.toString()));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add(file(source));
        Collections.addAll(command, arguments);
        return command;
    }
}
