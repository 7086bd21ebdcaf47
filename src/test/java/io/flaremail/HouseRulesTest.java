package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may import which, and which one owns a library. The root package is written as a dot. */
class HouseRulesTest {
    private static final Path MAIN = Path.of("src/main/java/io/flaremail");
    private static final Pattern NAMED_TESTS = Pattern.compile("Tests: ((?:(?!\\.\\n).)*)\\.\\n", Pattern.DOTALL);
    private static final Pattern OURS = Pattern.compile("\\bio\\.flaremail\\.(?:([a-z]+)\\.)?[A-Z]\\w+");

    /** One direction: a package imports only those that are to its right. */
    @ParameterizedTest(name = "{0} imports {1}")
    @CsvSource({
        "text, ''",
        "dns,  ''",
        "mime, ''",
        "config, 'text'",
        "http, 'text'",
        "api,  'config dns http'",
        "bounces, 'api mime'",
        ".,    'api bounces config http mime text'",
        "cli,  '. api bounces config dns mime text'",
    })
    void importsGoOneWay(String from, String to) throws IOException {
        Set<String> imported = new TreeSet<>();
        for (Path file : files(from)) {
            Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith("import "))
                    .flatMap(line -> OURS.matcher(line).results())
                    .map(match -> match.group(1) == null ? "." : match.group(1))
                    .filter(name -> !name.equals(from))
                    .forEach(imported::add);
        }
        assertEquals(new TreeSet<>(List.of(to.isEmpty() ? new String[0] : to.split(" "))), imported);
    }

    /** Each library belongs to one package. */
    @ParameterizedTest(name = "only {1} uses {0}")
    @CsvSource({
        "org.apache.hc, http",
        "javax.naming, dns",
        "picocli, cli",
        "com.fasterxml, 'api cli'",
        "jakarta.mail, '. bounces cli'"
    })
    void aLibraryHasAnOwner(String library, String owners) throws IOException {
        Set<String> users = new TreeSet<>();
        for (String name : packages()) {
            if (anyImports(name, library)) {
                users.add(name);
            }
        }
        assertEquals(new TreeSet<>(List.of(owners.split(" "))), users);
    }

    /** Options are read in config: the transport only passes a session's properties on. */
    @Test
    void onlyConfigReadsOptions() throws IOException {
        assertEquals(Set.of("CloudflareTransport.java", "PropertySpelling.java"), filesWith("getProperties()"));
        assertEquals(Set.of("OptionSource.java"), filesWith("properties.getProperty(key"));
    }

    @Test
    void nobodyKnowsTheCommandLine() throws IOException {
        for (String name : packages()) {
            assertTrue(name.equals("cli") || !anyContains(name, "io.flaremail.cli"), name);
        }
    }

    /** It ships in a jar of its own, and must work without the transport and without the tests. */
    @Test
    void theSandboxKnowsOnlyItself() throws IOException {
        for (Path file : allFiles("src/sandbox/java")) {
            assertFalse(
                    Files.readString(file).matches("(?s).*\\bio\\.flaremail\\.(?!sandbox\\b).*"),
                    file + " mentions another package");
        }
    }

    /** Compiled together with the tests, so only this keeps them apart. */
    @Test
    void productsAndTestsHaveRootsOfTheirOwn() throws IOException {
        for (String root : List.of("src/sandbox/java", "src/demo/java")) {
            assertEquals(Set.of(), named(root, "\\w*(Test|IT)\\.java"));
        }
        assertEquals(Set.of(), named("src/test/java", "\\w*IT\\.java"));
        assertEquals(Set.of(), named("src/it/java", "\\w*Test\\.java"));
    }

    /** The others are not exported to OSGi; OsgiHeadersIT looks at that. */
    @Test
    void javadocShowsOnlyPublicPackages() throws IOException {
        String build = Files.readString(Path.of("src/build/pom.xml"));
        Set<String> shown = packages();
        shown.removeIf(name ->
                build.matches("(?s).*<excludePackageNames>[^<]*\\bio\\.flaremail\\." + Pattern.quote(name) + "\\b.*"));
        assertEquals(Set.of(".", "api", "bounces", "dns"), shown);
    }

    /** A core class names its tests, and they exist. */
    @Test
    void testsInJavadocExist() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String root : List.of("src/test/java", "src/it/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(tests::add);
            }
        }
        int named = 0;
        for (String name : packages()) {
            for (Path file : files(name)) {
                Matcher list = NAMED_TESTS.matcher(Files.readString(file));
                while (list.find()) {
                    for (String test : list.group(1).replaceAll("\\(.*?\\)", "").split("[,\\s*]+")) {
                        assertTrue(tests.contains(test), file + " names " + test);
                        named++;
                    }
                }
            }
        }
        assertTrue(named > 100, named + " tests are named");
    }

    @Test
    void filesStaySmall() throws IOException {
        for (String name : packages()) {
            for (Path file : files(name)) {
                long lines = Files.lines(file).count();
                assertTrue(lines <= 250, file + " has " + lines + " lines: one class or several?");
            }
        }
    }

    private static Set<String> packages() throws IOException {
        try (Stream<Path> folders = Files.list(MAIN)) {
            Set<String> names = new TreeSet<>(Set.of("."));
            folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals("inside"))
                    .forEach(names::add);
            return names;
        }
    }

    private static boolean anyImports(String name, String library) throws IOException {
        Pattern use = Pattern.compile("^import (static )?" + Pattern.quote(library) + "\\.", Pattern.MULTILINE);
        for (Path file : files(name)) {
            if (use.matcher(Files.readString(file)).find()) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> filesWith(String text) throws IOException {
        Set<String> found = new TreeSet<>();
        for (String name : packages()) {
            for (Path file : files(name)) {
                if (Files.readString(file).contains(text)) {
                    found.add(file.getFileName().toString());
                }
            }
        }
        return found;
    }

    private static boolean anyContains(String name, String text) throws IOException {
        for (Path file : files(name)) {
            if (Files.readString(file).contains(text)) {
                return true;
            }
        }
        return false;
    }

    /** The files of a package, without those of packages below it. */
    private static List<Path> files(String name) throws IOException {
        return javaFiles(MAIN.resolve(name), 1);
    }

    private static Set<String> named(String root, String pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        allFiles(root).forEach(file -> names.add(file.getFileName().toString()));
        names.removeIf(name -> !name.matches(pattern));
        return names;
    }

    private static List<Path> allFiles(String root) throws IOException {
        return javaFiles(Path.of(root), Integer.MAX_VALUE);
    }

    private static List<Path> javaFiles(Path folder, int depth) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(java.size() > 2, "nothing to look at in " + folder);
            return java;
        }
    }
}
