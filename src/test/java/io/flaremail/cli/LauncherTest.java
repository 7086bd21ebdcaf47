package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The launcher with a java that only prints what it was given; CommandLineIT runs it with the jar. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("src/main/launcher/flaremail").toAbsolutePath();
    private static final String JAVA =
            "#!/bin/sh\nprintf 'columns=%s\\n' \"$COLUMNS\"\nprintf '<%s>\\n' \"$@\"\nexit 7\n";

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(find("sh") != null, "SKIPPED: there is no sh to run the launcher");
        home = Files.createDirectories(folder.resolve("my tools"));
        executable(home.resolve("flaremail"), Files.readString(LAUNCHER));
        executable(folder.resolve("jre/bin/java"), JAVA);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private static String find(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(each -> Path.of(each, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /** Those of the common ones that are here; the script must not depend on one. */
    static Stream<String> shells() {
        return Stream.of("sh", "dash", "bash", "zsh", "ksh", "busybox").filter(each -> find(each) != null);
    }

    private record Ended(int exit, String out, String err) {}

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("COLUMNS", "FLAREMAIL_JAR", "FLAREMAIL_CLASSPATH"));
        builder.environment().put("JAVA_HOME", folder.resolve("jre").toString());
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Ended(exit, Files.readString(out), Files.readString(err));
    }

    private Ended run(Map<String, String> environment) throws Exception {
        return run(environment, home.resolve("flaremail").toString());
    }

    private Path jar(String name) throws IOException {
        return Files.createFile(home.resolve(name));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void argumentsArriveAsTheyAre(String shell) throws Exception {
        Path jar = jar("flaremail-1.0-all.jar");
        jar("flaremail-1.0-javax.jar");
        List<String> args =
                List.of("send", "--subject", "a  b", "", "*", "$HOME", "it's \"x\"", "-", "--", "two\nlines");
        List<String> command = new ArrayList<>(List.of(find(shell)));
        if (shell.equals("busybox")) {
            command.add("sh");
        }
        command.add(home.resolve("flaremail").toString());
        command.addAll(args);

        Ended ended = run(Map.of("COLUMNS", "61"), command.toArray(String[]::new));

        List<String> expected = new ArrayList<>(List.of("-cp", jar.toString(), "io.flaremail.cli.Main"));
        expected.addAll(args);
        StringBuilder out = new StringBuilder("columns=61\n");
        expected.forEach(each -> out.append('<').append(each).append(">\n"));
        assertEquals(new Ended(7, out.toString(), ""), ended);
    }

    @Test
    void itFindsTheJarBesideTheFileThatALinkNames() throws Exception {
        Path jar = jar("flaremail-1.0-javax.jar");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("real"), Path.of("../my tools/flaremail"));
        Files.createSymbolicLink(bin.resolve("flaremail"), bin.resolve("real"));
        Ended ended = run(Map.of(), bin.resolve("flaremail").toString());
        assertTrue(ended.out.contains("<" + jar + ">"), ended.toString());
        assertTrue(run(Map.of(), "sh", "-c", "cd bin; sh flaremail").out.contains("<" + jar + ">"));
    }

    @Test
    void jarAndClassPathMayBeElsewhere() throws Exception {
        Path jar = Files.createFile(folder.resolve("x.jar"));
        Ended ended = run(Map.of("FLAREMAIL_JAR", jar.toString(), "FLAREMAIL_CLASSPATH", "lib/*:mail.jar"));
        assertTrue(ended.out.contains("<" + jar + ":lib/*:mail.jar>"), ended.toString());
    }

    /** Neither a terminal nor a message about that: the command line's own default holds. */
    @Test
    void withoutATerminalThereIsNoWidth() throws Exception {
        jar("flaremail-1.0-all.jar");
        Ended ended = run(Map.of());
        assertTrue(ended.out.startsWith("columns=\n"), ended.toString());
        assertEquals("", ended.err);
    }

    /** {@code script} of util-linux gives it a terminal, and stty a width. */
    @Test
    void theWidthIsTheTerminals() throws Exception {
        assumeTrue(find("script") != null && find("stty") != null, "SKIPPED: there is no script to make a terminal");
        jar("flaremail-1.0-all.jar");
        String command = "stty cols 93; '" + home.resolve("flaremail") + "'";
        Ended ended = run(Map.of("SHELL", "/bin/sh"), "script", "-q", "-e", "-c", command, "/dev/null");
        assertTrue(ended.out.contains("columns=93"), ended.toString());
        assertEquals(7, ended.exit);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        String here = home.toString();
        assertFails("found no flaremail-*-all.jar in " + here + ": set FLAREMAIL_JAR", Map.of());
        assertFails("FLAREMAIL_JAR: there is no file none.jar", Map.of("FLAREMAIL_JAR", "none.jar"));
        jar("flaremail-1.0-all.jar");
        assertFails("JAVA_HOME: there is no bin/java in " + here, Map.of("JAVA_HOME", here));
        assertFails("found no java: install Java 8 or later, or set JAVA_HOME", Map.of("JAVA_HOME", "", "PATH", here));
        jar("flaremail-1.1-all.jar");
        assertFails("found several jars in " + here + ": set FLAREMAIL_JAR to one of them", Map.of());
    }

    private void assertFails(String message, Map<String, String> environment) throws Exception {
        assertEquals(new Ended(2, "", "flaremail: " + message + "\n"), run(environment));
    }
}
