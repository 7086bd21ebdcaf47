package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of failure has words and an exit code, wherever it comes from. Those of the API are in CommandsTest. */
class FailuresTest {
    static Stream<Arguments> failures() {
        String token = Golden.TOKEN;
        return Stream.of(
                arguments(new CliException(ExitCode.WRONG, "no such domain"), "no such domain", ExitCode.WRONG),
                arguments(CliException.usage("no file " + token), "no file [hidden]", ExitCode.USAGE),
                arguments(new IOException("cannot read"), "cannot read", ExitCode.USAGE),
                arguments(new IOException("got " + token), "got [hidden]", ExitCode.USAGE),
                arguments(new IOException(), "java.io.IOException", ExitCode.USAGE),
                arguments(new UncheckedIOException(new IOException("inside")), "inside", ExitCode.USAGE),
                arguments(
                        new NoClassDefFoundError("x/Y"),
                        "the class path is incomplete: java.lang.NoClassDefFoundError: x/Y",
                        ExitCode.USAGE),
                arguments(
                        new ServiceConfigurationError("twice"),
                        "the class path is incomplete: java.util.ServiceConfigurationError: twice",
                        ExitCode.USAGE),
                arguments(
                        new IllegalStateException("a bug"),
                        "unexpected: java.lang.IllegalStateException: a bug at io.flaremail.cli.FailuresTest.failures",
                        ExitCode.UNREACHABLE),
                arguments(
                        new OutOfMemoryError("heap"),
                        "unexpected: java.lang.OutOfMemoryError: heap at io.flaremail.cli.FailuresTest.failures",
                        ExitCode.UNREACHABLE));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyKind(Throwable failure, String message, int exit) {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(seen, true, StandardCharsets.UTF_8);
        ProcessEnvironment process =
                new ProcessEnvironment(new ByteArrayInputStream(new byte[0]), err, err, name -> null, false);
        assertEquals(exit, Failures.tell(failure, new Page(process, new Secrets(), false, true)));
        String text = seen.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("flaremail: " + message), text);
        assertEquals(1, text.lines().count());
    }
}
