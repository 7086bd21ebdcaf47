package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Standard output of a real process that cannot be written: a pipe without a reader, and a full disk. */
class OutputTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    private Path folder;

    private ProcessBuilder send() {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "send",
                "--from=a@example.com",
                "--to=ada@example.org",
                "--subject=x",
                "--text=-",
                "--endpoint=" + sandbox.endpoint()));
        builder.environment().put("CLOUDFLARE_API_TOKEN", sandbox.token());
        builder.environment().put("CLOUDFLARE_ACCOUNT_ID", sandbox.account());
        return builder.redirectError(folder.resolve("err").toFile());
    }

    /** The text comes only after the reader has gone, so that nothing can be written before. */
    private int end(Process process) throws Exception {
        try (OutputStream in = process.getOutputStream()) {
            in.write("Hello\n".getBytes(StandardCharsets.UTF_8));
        }
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "cannot tell a pipe from a file")
    void aPipeWithoutAReaderIsSilent() throws Exception {
        Process process = send().start();
        process.getInputStream().close();
        assertEquals(ExitCode.OK, end(process));
        assertEquals("", Files.readString(folder.resolve("err")));
        assertEquals(1, sandbox.accepted().size());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
    void aFullDiskIsNot() throws Exception {
        Process process = send().redirectOutput(Path.of("/dev/full").toFile()).start();
        assertEquals(ExitCode.UNWRITTEN, end(process));
        assertEquals(
                "flaremail: standard output could not be written in full\n", Files.readString(folder.resolve("err")));
    }
}
