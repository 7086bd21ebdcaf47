package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit code says whether the message may be on its way, wherever an Error strikes: 4 from the POST on, never before it. */
class SendExitCodeTest {
    private static final String FLOOD =
            "{\"success\":true,\"result\":{\"delivered\":[" + "[],".repeat(340_000) + "[]]}}"; // 1 MiB of JSON

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    private Path folder;

    private Run run(String... args) {
        return Run.of("send", "--endpoint", sandbox.endpoint().toString())
                .with(args)
                .environment("CLOUDFLARE_API_TOKEN", sandbox.token())
                .environment("CLOUDFLARE_ACCOUNT_ID", sandbox.account());
    }

    private Run parts() {
        return run("--from", "a@example.com", "--to", "ada@example.org", "--subject", "x", "--text", "y");
    }

    private Run file() throws Exception {
        return run(eml(), "--to", "ada@example.org");
    }

    private String eml() throws Exception {
        return Files.writeString(folder.resolve("a.eml"), "From: a@example.com\r\nSubject: x\r\n\r\ny\r\n")
                .toString();
    }

    @Test
    void anErrorAfterAcceptanceIsFour() throws Exception {
        for (Run run : List.of(parts(), file())) {
            run.failing(new OutOfMemoryError("on purpose")).go();
            assertEquals(ExitCode.MAY_BE_SENT, run.exit, run.everything());
            assertTrue(run.err.contains("OutOfMemoryError") && run.err.contains(SendText.MAY_BE_SENT), run.err);
        }
        for (Run run : List.of(parts(), file())) {
            run.with("--json").failing(new OutOfMemoryError("on purpose")).go();
            assertEquals(ExitCode.MAY_BE_SENT, run.exit, run.everything());
            assertTrue(json(run).at("/error/may_have_been_sent").booleanValue(), run.out);
        }
        assertEquals(4, sandbox.accepted().size());
    }

    /** A token file that can be read once, such as a pipe: it is not read again to describe the failure. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no mkfifo")
    void theTokenIsReadOnce() throws Exception {
        Path pipe = folder.resolve("token");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        sandbox.fail(Fault.hangUp().afterAccepting());
        CompletableFuture<Path> writer = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.writeString(pipe, sandbox.token());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Run run = Run.of(
                        "send",
                        eml(),
                        "--to",
                        "ada@example.org",
                        "--endpoint",
                        sandbox.endpoint().toString())
                .with("--account", sandbox.account(), "--token-file", pipe.toString())
                .go();
        assertEquals(ExitCode.MAY_BE_SENT, run.exit, run.everything());
        writer.get(10, TimeUnit.SECONDS);
    }

    @Test
    void successThatIsThrownIsSuccess() throws Exception {
        Path properties = Files.writeString(folder.resolve("p"), "mail.cloudflare.reportsuccess=true\n");
        Run run = file().with("--properties", properties.toString()).go();
        assertEquals(ExitCode.OK, run.exit, run.everything());
        assertTrue(run.out.startsWith("accepted"), run.out);
    }

    @Test
    void anErrorBeforeThePostIsNot() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("on purpose");
            }
        };
        Run run = parts().instead("--text", "-").with("--json").in(broken).go();
        assertEquals(ExitCode.UNREACHABLE, run.exit, run.everything());
        assertTrue(json(run).at("/error/message").textValue().contains("OutOfMemoryError"), run.out);
        assertEquals(0, sandbox.requests().size());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no /dev/zero")
    void aFileWithoutEndIsRefused() throws Exception {
        Run run = parts().with("--json", "--attach", "/dev/zero").go();
        assertEquals(ExitCode.USAGE, run.exit, run.everything());
        assertTrue(json(run).at("/error/message").textValue().contains("/dev/zero: larger than 25 MiB"), run.out);
        assertEquals(ExitCode.USAGE, run("/dev/zero", "--to", "ada@example.org").go().exit);
        assertEquals(0, sandbox.requests().size());
    }

    @Test
    void attachmentsCountTogether() throws Exception {
        String file = Files.write(folder.resolve("a.bin"), new byte[9 << 20]).toString();
        Run run = parts().with("--attach", file, "--attach", file, "--attach", file)
                .go();
        assertEquals(ExitCode.USAGE, run.exit, run.everything());
        assertTrue(run.err.contains("the attachments together: larger than 25 MiB"), run.err);
    }

    /** In a process of its own, whose heap the answer would fill. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatFillsTheHeapIsFour(boolean asFile) throws Exception {
        sandbox.fail(Fault.status(200, FLOOD).afterAccepting());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "send",
                "--json",
                "--endpoint",
                sandbox.endpoint().toString(),
                "--to",
                "ada@example.org"));
        command.addAll(asFile ? List.of(eml()) : List.of("--from", "a@example.com", "--subject", "x", "--text", "y"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("CLOUDFLARE_API_TOKEN", sandbox.token());
        builder.environment().put("CLOUDFLARE_ACCOUNT_ID", sandbox.account());
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        String out = Files.readString(folder.resolve("out"));
        assertEquals(ExitCode.MAY_BE_SENT, process.exitValue(), out + Files.readString(folder.resolve("err")));
        assertTrue(
                new ObjectMapper().readTree(out).at("/error/may_have_been_sent").booleanValue(), out);
        assertEquals(1, sandbox.accepted().size());
    }

    private static JsonNode json(Run run) throws Exception {
        return new ObjectMapper().readTree(run.out);
    }
}
