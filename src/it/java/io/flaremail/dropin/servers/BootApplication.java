package io.flaremail.dropin.servers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.dropin.ClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sample application in a process of its own, since Spring Boot takes over logging, and what it printed. */
final class BootApplication implements AutoCloseable {
    private static final int LONGEST_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final Path errors;

    private BootApplication(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** @param home where application.properties is */
    static BootApplication start(Path home, ClassPath jars, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jars.toString(),
                "com.example.Shop"));
        command.addAll(arguments);
        Path output = home.resolve("output");
        Path errors = home.resolve("errors");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new BootApplication(process, output, errors);
    }

    String sends(String argument) throws IOException, InterruptedException {
        String answer = answer(argument);
        System.out.println(argument + " " + answer);
        return answer.equals("sent") ? "yes" : "no";
    }

    /** What came of this argument, when the application has ended. */
    String answer(String argument) throws IOException, InterruptedException {
        awaitEnd();
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith(argument + " "))
                .map(line -> line.substring(argument.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer to " + argument + " in " + output));
    }

    /** All of standard error. */
    String errors() throws IOException, InterruptedException {
        awaitEnd();
        return Files.readString(errors);
    }

    private void awaitEnd() throws InterruptedException {
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> "still running: " + process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
