package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What README says is what there is: its code compiles, its options exist, its error texts are the real ones. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern KEY = Pattern.compile("mail\\.cloudflare\\.[a-zA-Z0-9.]*[a-zA-Z0-9]");

    @Test
    void javaStandsInSomeSample() throws IOException {
        List<String> samples = contents(Path.of("samples"), ".java");
        List<String> blocks = blocks("java");
        assertFalse(blocks.isEmpty());
        for (String block : blocks) {
            assertTrue(
                    samples.stream().anyMatch(sample -> squeezed(sample).contains(squeezed(block))),
                    () -> "no sample holds these lines of README:\n" + block);
        }
    }

    @Test
    void everyKeyIsAnOption() throws IOException {
        List<String> options = Arrays.stream(CloudflareProperty.values())
                .map(CloudflareProperty::key)
                .toList();
        List<String> keys = KEY.matcher(readme())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertTrue(keys.size() >= options.size());
        assertEquals(
                List.of(), keys.stream().filter(key -> !options.contains(key)).toList());
    }

    @Test
    void propertiesBlocksHoldProperties() throws IOException {
        for (String block : blocks("properties")) {
            block.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> assertTrue(line.matches("(spring\\.)?mail\\.[a-z0-9.]+=\\S.*"), line));
        }
    }

    @Test
    void optionTableIsRenderedFromTheOptions() throws IOException {
        String readme = readme();
        String between = between(readme, "<!-- options -->\n", "<!-- /options -->");
        assertTrue(between.equals(table()), () -> "README's option table should be:\n\n" + table() + "\n");
    }

    /** Texts end or are interrupted at {@code …} where values stand. */
    @Test
    void errorTextsAreTheRealOnes() throws IOException {
        String code = squeezed(String.join("", contents(Path.of("src/main/java"), ".java"))
                .replaceAll("\"\\s*\\+\\s*\"", "")
                .replace("\\\"", "\""));
        List<String> texts = Pattern.compile("^- `(.*)`$", Pattern.MULTILINE)
                .matcher(between(readme(), "## Troubleshooting\n", "\n## "))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertTrue(texts.size() > 5);
        for (String text : texts) {
            for (String piece : text.split("…")) {
                assertTrue(code.contains(squeezed(piece)), () -> "no such text in the code: " + piece);
            }
        }
    }

    @Test
    void commandsNameTheVersionThatIsBuilt() throws IOException {
        String version = between(Files.readString(Path.of("pom.xml")), "<version>", "</version>");
        String readme = readme();
        assertTrue(readme.contains("<version>" + version + "</version>"));
        for (String jar : List.of("sandbox", "all", "javax")) {
            assertTrue(readme.contains("target/flaremail-" + version + "-" + jar + ".jar"), jar);
        }
    }

    /** What a recipe adds to a server's configuration stands in the sample that its test uses. */
    @Test
    void recipesAreTheSamples() throws IOException {
        List<String> samples = contents(Path.of("samples"), "").stream()
                .map(ReadmeTest::squeezed)
                .toList();
        List<String> added = blocks("diff").stream()
                .skip(1) // plain properties, above
                .flatMap(String::lines)
                .filter(line -> line.startsWith("+"))
                .map(line -> squeezed(line.substring(1)))
                .toList();
        assertTrue(added.size() > 8);
        for (String line : added) {
            assertTrue(samples.stream().anyMatch(sample -> sample.contains(line)), () -> "in no sample: " + line);
        }
    }

    @Test
    void linkedFilesAreThere() throws IOException {
        List<String> links = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)")
                .matcher(readme())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertTrue(links.size() > 10);
        links.forEach(link -> assertTrue(Files.exists(Path.of(link)), link));
    }

    @Test
    void theIndexOfSamplesIsComplete() throws IOException {
        String index = Files.readString(Path.of("samples/README.md"));
        try (Stream<Path> samples = Files.list(Path.of("samples"));
                Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
            Set<String> folders = samples.filter(Files::isDirectory)
                    .map(each -> each.getFileName().toString())
                    .collect(Collectors.toSet());
            Set<String> rows = Pattern.compile("^\\| \\[([\\w-]+)]\\(\\1\\) ", Pattern.MULTILINE)
                    .matcher(index)
                    .results()
                    .map(row -> row.group(1))
                    .collect(Collectors.toSet());
            assertEquals(folders, rows);
            Set<String> names = tests.map(each -> each.getFileName().toString()).collect(Collectors.toSet());
            Pattern.compile("`(\\w+(Test|IT))`")
                    .matcher(index)
                    .results()
                    .forEach(test -> assertTrue(names.contains(test.group(1) + ".java"), test.group()));
        }
    }

    @Test
    void exitCodesAreTheCommandLines() throws IOException {
        String[] footer = Main.class.getAnnotation(CommandLine.Command.class).footer();
        List<String> codes =
                Arrays.stream(footer).filter(line -> !line.isEmpty()).toList();
        assertTrue(codes.size() > 5);
        assertTrue(readme().contains("```\n" + String.join("\n", codes) + "\n```\n"), () -> String.join("\n", codes));
    }

    private static String table() {
        return Arrays.stream(CloudflareProperty.values())
                .map(ReadmeTest::row)
                .collect(Collectors.joining("\n", "| property | default | meaning |\n|---|---|---|\n", "\n"));
    }

    private static String row(CloudflareProperty property) {
        String standard =
                property.defaultValue().map(value -> "`" + value + "`").orElse("");
        return "| `" + property.key() + "` | " + standard + " | " + property.meaning() + " |";
    }

    private static String readme() throws IOException {
        return Files.readString(README);
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(readme())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        assertTrue(from >= 0, () -> "missing: " + start);
        int to = text.indexOf(end, from + start.length());
        assertTrue(to >= 0, () -> "missing: " + end);
        return text.substring(from + start.length(), to);
    }

    private static List<String> contents(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .map(ReadmeTest::content)
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
