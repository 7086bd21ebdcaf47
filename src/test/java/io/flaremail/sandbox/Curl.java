package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Runs scripts that call curl, as a reader of documentation pastes them into a shell. */
final class Curl {
    private final Map<String, String> variables = new TreeMap<>();
    private final Path home;

    /** @param home an empty folder, so that no settings of the user apply */
    Curl(Path home) {
        this.home = home;
    }

    /** @throws TestAbortedException with the reason, if curl is missing or too old */
    static void require() throws IOException, InterruptedException {
        String reason;
        try {
            Process version = new ProcessBuilder("curl", "--json", "{}", "--version").start();
            version.getOutputStream().close();
            if (version.waitFor() == 0) {
                return;
            }
            reason = "curl is older than 7.82: it has no --json";
        } catch (IOException e) {
            reason = "no curl: " + e.getMessage();
        }
        System.out.println("SKIPPED: " + reason);
        throw new TestAbortedException(reason);
    }

    void set(String variable, String value) {
        variables.put(variable, value);
    }

    /** What the script prints. */
    String run(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("NO_PROXY", "127.0.0.1");
        builder.environment().putAll(variables);
        Path errors = home.resolve("stderr");
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> script + "\n" + output);
        return output;
    }
}
