package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completion scripts in the shells that they are for, where those are installed; and the manual page in groff. */
class CompletionTest {
    @TempDir
    private Path folder;

    private static void requireProgram(String program) {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
        assumeTrue(found, () -> "SKIPPED: there is no " + program);
    }

    private Path script(String... command) throws IOException {
        Run run = Run.of(command).go();
        assertEquals(0, run.exit, run.everything());
        assertEquals("", run.err);
        return Files.writeString(folder.resolve("script"), run.out);
    }

    private String output(String... command) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> content(output));
        return content(output);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flaremail sub, subdomains",
        "flaremail suppressions '', add import list remove",
        "flaremail subdomains create --pre, --preview",
        "flaremail limits --tok, --token --token-file",
        "flaremail completion f, fish",
    })
    void bashCompletes(String line, String expected) throws Exception {
        requireProgram("bash");
        Path script = script("completion", "bash");
        // compopt complains that this is no completion.
        String[] words = line.replace("''", "").split(" ", -1);
        String command = "source '" + script + "'; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE='" + line.replace("'", "")
                + "'; _complete_flaremail 2> /dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"";
        assertEquals(expected, sorted(output("bash", "--norc", "-c", command)));
    }

    /** Sorted, without descriptions and blank entries. */
    private static String sorted(String lines) {
        return String.join(
                " ",
                new TreeSet<>(lines.lines()
                        .map(each -> each.split("\t")[0].trim())
                        .filter(each -> !each.isEmpty())
                        .toList()));
    }

    @Test
    void zshReadsTheScript() throws Exception {
        requireProgram("zsh");
        Path script = script("completion", "zsh");
        String command = "autoload -Uz compinit; compinit -u -d '" + folder.resolve("dump") + "'; source '" + script
                + "'; print $_comps[flaremail]";
        assertTrue(output("zsh", "-f", "-c", command).contains("_complete_flaremail"));
    }

    @ParameterizedTest
    @CsvSource({
        "flaremail sub, subdomains",
        "'flaremail suppressions ', add import list remove",
        "flaremail subdomains create --pre, --preview",
        "flaremail limits --tok, --token --token-file",
        "flaremail completion f, fish",
        "'flaremail help subdomains cr', create",
    })
    void fishCompletes(String line, String expected) throws Exception {
        requireProgram("fish");
        Path script = script("completion", "fish");
        String command = "source '" + script + "'; complete -C '" + line + "'";
        assertEquals(expected, sorted(output("fish", "--no-config", "-c", command)));
    }

    @Test
    void anotherShellIsRefused() {
        Run run = Run.of("completion", "ksh").go();
        assertEquals(
                "--- standard error\nflaremail: SHELL: expected bash, zsh or fish\n--- exit code 2\n",
                run.everything());
    }

    /** Hidden commands are not offered, and every other one is in the manual page. */
    @Test
    void theManualHasEveryCommandAndOption() {
        Run run = Run.of("man").go();
        assertEquals(0, run.exit);
        for (String command :
                HelpTest.commands().filter(each -> !each.equals("man")).toList()) {
            if (!command.isEmpty()) {
                assertTrue(run.out.contains("\n.SS flaremail " + command + "\n"), command);
            }
        }
        for (String text :
                List.of("\\-\\-dns\\-timeout=SECONDS", "\\-\\-wait[=SECONDS]", "\\-V, \\-\\-version", "130")) {
            assertTrue(run.out.contains("\n.B " + text + "\n"), text);
        }
        assertTrue(!run.out.contains("flaremail man"), run.out);
    }

    @Test
    void groffFormatsTheManual() throws Exception {
        requireProgram("groff");
        Path page = script("man");
        assertEquals("", output("groff", "-man", "-Tutf8", "-ww", "-z", page.toString()));
        assertTrue(
                output("groff", "-man", "-Tascii", "-P-c", page.toString()).contains("flaremail suppressions import"));
    }
}
