package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.cli.Main;
import io.flaremail.config.CloudflareProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** README and docs match the code: snippets compile, options exist, error texts are real, links lead somewhere. */
class DocumentationTest {
    private static final Path OPTIONS = Path.of("docs/options.md");
    private static final Path TROUBLESHOOTING = Path.of("docs/troubleshooting.md");
    private static final Path COMMAND_LINE = Path.of("docs/cli.md");
    private static final Pattern KEY = Pattern.compile("mail\\.cloudflare\\.[a-zA-Z0-9.]*[a-zA-Z0-9]");

    @Test
    void javaStandsInSomeSample() throws IOException {
        List<String> samples = contents(Path.of("samples"), ".java");
        List<String> blocks = blocks("java");
        assertFalse(blocks.isEmpty());
        for (String block : blocks) {
            assertTrue(
                    samples.stream().anyMatch(sample -> squeezed(sample).contains(squeezed(block))),
                    () -> "no sample holds these lines:\n" + block);
        }
    }

    @Test
    void everyKeyIsAnOption() throws IOException {
        List<String> options = CloudflareProperty.values().stream()
                .map(CloudflareProperty::key)
                .toList();
        List<String> keys =
                KEY.matcher(text()).results().map(MatchResult::group).distinct().toList();
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
        String between = between(Files.readString(OPTIONS), "<!-- options -->\n", "<!-- /options -->");
        assertTrue(between.equals(table()), () -> "The table in " + OPTIONS + " should be:\n\n" + table() + "\n");
    }

    /** Texts end or are interrupted at {@code …} where values stand. */
    @Test
    void errorTextsAreTheRealOnes() throws IOException {
        String code = squeezed(String.join("", contents(Path.of("src/main/java"), ".java"))
                .replaceAll("\"\\s*\\+\\s*\"", "")
                .replace("\\\"", "\""));
        List<String> texts = Pattern.compile("^- `(.*)`$", Pattern.MULTILINE)
                .matcher(Files.readString(TROUBLESHOOTING))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertTrue(texts.size() > 30);
        for (String text : texts) {
            for (String piece : text.split("…")) {
                assertTrue(code.contains(squeezed(piece)), () -> "no such text in the code: " + piece);
            }
        }
    }

    @Test
    void commandsNameTheVersionThatIsBuilt() throws IOException {
        String version = between(Files.readString(Path.of("pom.xml")), "<version>", "</version>");
        String readme = text();
        assertTrue(readme.contains("<version>" + version + "</version>"));
        for (String jar : List.of("sandbox", "all", "javax")) {
            assertTrue(readme.contains("target/flaremail-" + version + "-" + jar + ".jar"), jar);
        }
    }

    /** What a recipe adds to a server's configuration stands in the sample that its test uses. */
    @Test
    void recipesAreTheSamples() throws IOException {
        List<String> samples = contents(Path.of("samples"), "").stream()
                .map(DocumentationTest::squeezed)
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
    void linksLeadSomewhere() throws IOException {
        int links = 0;
        for (Path page : pages()) {
            for (MatchResult link : Pattern.compile("]\\((?!https?:)([^)#]*)(#[^)]+)?\\)")
                    .matcher(Files.readString(page))
                    .results()
                    .toList()) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                assertTrue(Files.exists(target), () -> page + " links to " + link.group());
                if (link.group(2) != null) {
                    assertTrue(anchors(target).contains(link.group(2)), () -> page + " links to " + link.group());
                }
                links++;
            }
        }
        assertTrue(links > 40, links + " links");
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
                .matcher(Files.readString(page))
                .results()
                .map(heading -> "#"
                        + heading.group(1)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\w -]", "")
                                .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void readmeStaysShort() throws IOException {
        assertTrue(Files.size(Path.of("README.md")) < 10_000, "what is longer belongs into docs");
    }

    @Test
    void theIndexOfSamplesIsComplete() throws IOException {
        String index = Files.readString(Path.of("samples/README.md"));
        try (Stream<Path> samples = Files.list(Path.of("samples"));
                Stream<Path> tests =
                        Stream.concat(Files.walk(Path.of("src/test/java")), Files.walk(Path.of("src/it/java")))) {
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
        String[] codes = Main.class.getAnnotation(CommandLine.Command.class).exitCodeList();
        assertTrue(codes.length > 5);
        String rows = Arrays.stream(codes)
                .map(each -> "| " + each.trim().replaceFirst(":", " | ") + " |\n")
                .collect(Collectors.joining());
        assertTrue(Files.readString(COMMAND_LINE).contains("\n| exit code | meaning |\n|---|---|\n" + rows), rows);
    }

    private static String table() {
        return CloudflareProperty.values().stream()
                .map(DocumentationTest::row)
                .collect(Collectors.joining("\n", "| property | default | meaning |\n|---|---|---|\n", "\n"));
    }

    private static String row(CloudflareProperty<?> property) {
        String standard = property.defaultText().map(value -> "`" + value + "`").orElse("");
        return "| `" + property.key() + "` | " + standard + " | " + property.meaning() + " |";
    }

    /** README first, then docs in the order of their names. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            docs.filter(page -> !page.toString().endsWith(".png"))
                                    .sorted())
                    .toList();
        }
    }

    private static String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path page : pages()) {
            text.append(Files.readString(page));
        }
        return text.toString();
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text())
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
                    .map(DocumentationTest::content)
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
