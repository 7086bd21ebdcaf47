package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The help text of every command. */
class HelpTest {
    static Stream<String> commands() {
        return Stream.concat(Stream.of(""), below(Main.class, ""));
    }

    private static Stream<String> below(Class<?> type, String path) {
        return Arrays.stream(type.getAnnotation(CommandLine.Command.class).subcommands())
                .flatMap(each -> {
                    String name =
                            path + each.getAnnotation(CommandLine.Command.class).name();
                    return Stream.concat(Stream.of(name), below(each, name + " "));
                });
    }

    private static Run help(String command, String width) {
        List<String> args = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ")));
        args.add("--help");
        return Run.of(args.toArray(String[]::new)).environment("COLUMNS", width).go();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesAndNamesTheGlobalOptions(String command) {
        Run run = help(command, "80");
        assertEquals(0, run.exit);
        assertTrue(run.out.startsWith(("Usage: flaremail " + command).trim() + " [OPTIONS]"), run.out);
        assertTrue(run.out.contains("\nGlobal options:\n      --token-file=FILE "), run.out);
        assertTrue(run.out.contains("\nExamples:\n  "), run.out);
        assertEquals(
                1,
                Arrays.stream(run.out.split("\n"))
                        .filter(each -> each.contains("--json "))
                        .count());
    }

    /** Picocli refuses fewer columns than 55, and a terminal may be narrower. */
    @ParameterizedTest
    @CsvSource({"20,55", "60,60", "80,80", "120,120", "300,120"})
    void noLineIsLongerThanTheTerminal(String columns, int widest) {
        commands().forEach(command -> {
            Run run = help(command, columns);
            assertEquals(0, run.exit, run.everything());
            run.out.lines().forEach(line -> assertTrue(line.length() <= widest, line));
        });
    }

    /** An example must be parsed, or it is none. */
    @ParameterizedTest
    @MethodSource("commands")
    void examplesAreCommands(String command) {
        String examples = help(command, "120").out.replace("\\\n", "").split("Examples:\n")[1];
        List<String> lines =
                examples.lines().filter(line -> line.contains("flaremail ")).toList();
        assertTrue(!lines.isEmpty(), examples);
        lines.forEach(line -> {
            String example = line.replaceFirst(".*?\\bflaremail ", "").replaceAll("[)]$| [|<>] .*$", "");
            String[] args = example.trim().replace("'on leave'", "note").split("\\s+");
            new CommandLine(new Main(null)).parseArgs(args);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "doctor", "subdomains", "subdomains create", "help"})
    void helpIsACommandToo(String command) {
        String[] args = ("help " + command).trim().split(" ");
        assertEquals(help(command, "80").everything(), Run.of(args).go().everything());
    }

    @Test
    void helpForAnUnknownCommand() {
        Run run = Run.of("help", "subdomains", "creat").go();
        assertEquals(
                "--- standard error\nflaremail: unknown command: creat; flaremail subdomains --help lists the"
                        + " commands\n--- exit code 2\n",
                run.everything());
    }

    @Test
    void bothNamesPrintTheVersion() {
        assertEquals(Run.of("--version").go().everything(), Run.of("-V").go().everything());
    }
}
