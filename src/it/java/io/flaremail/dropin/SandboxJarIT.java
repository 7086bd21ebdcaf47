package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sandbox jar may be first on any test's class path: nothing in it is found by those who look for something else. */
class SandboxJarIT {
    private static final long MOST_BYTES = 9_500_000;
    private static final String INSIDE = "io.flaremail.sandbox.inside.";

    /** Below these names a host finds only what it asks for by our name. */
    private static final Pattern OURS = Pattern.compile(
            "io/(flaremail/(sandbox/.*)?)?"
                    + "|META-INF/(services/(io\\.flaremail\\.sandbox\\.inside\\..+)?|licenses/.*|LICENSE|NOTICE|spring\\.factories|MANIFEST\\.MF)?");

    /** The libraries by the real names of their classes, as class files have them. */
    private static final Pattern LIBRARY =
            Pattern.compile("(com/fasterxml|com/github/davidmoten|com/icegreen|jakarta/(activation|mail)"
                    + "|org/(eclipse|h2(?!/res)|slf4j|subethamail)|(?<!inside/)picocli)/\\w+");

    @Test
    void everyEntryHasANameOfItsOwn() throws IOException {
        assertEquals(
                List.of(),
                names().stream().filter(name -> !OURS.matcher(name).matches()).toList());
    }

    /** Sandbox and tests are compiled into the same folder. */
    @Test
    void onlyTheSandboxIsInIt() throws IOException {
        for (String name : names()) {
            if (name.matches("io/flaremail/sandbox/(?!inside/).+\\.class")) {
                String source = name.replaceFirst("(\\$.*)?\\.class$", ".java");
                assertTrue(Files.exists(Path.of("src/sandbox/java", source)), name);
            }
        }
    }

    /** A class that refers to a library by its real name would use the host's. */
    @Test
    void noClassRefersToTheHostsLibraries() throws IOException {
        Set<String> references = new TreeSet<>();
        try (JarFile jar = jar()) {
            for (JarEntry entry : entries(jar, ".+\\.class")) {
                String bytes = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                LIBRARY.matcher(bytes)
                        .results()
                        .forEach(match -> references.add(entry.getName() + " " + match.group()));
            }
        }
        assertEquals(Set.of(), references);
    }

    @Test
    void servicesNameClassesThatAreThere() throws IOException {
        Set<String> names = names();
        int services = 0;
        try (JarFile jar = jar()) {
            for (JarEntry entry : entries(jar, "META-INF/services/.+")) {
                for (String line : text(jar, entry.getName()).lines().toList()) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        assertTrue(line.startsWith(INSIDE), line);
                        assertTrue(names.contains(line.strip().replace('.', '/') + ".class"), line);
                        services++;
                    }
                }
            }
        }
        assertTrue(services >= 5, services + " services");
    }

    /** Spring reads it in every test: nothing but its support for tests may be in it. */
    @Test
    void springFindsOnlyTheSupportForTests() throws IOException {
        try (JarFile jar = jar()) {
            for (String line : text(jar, "META-INF/spring.factories").lines().toList()) {
                String[] entry = line.split("=");
                assertTrue(entry[0].startsWith("org.springframework.test.context."), line);
                assertTrue(names().contains(entry[1].replace('.', '/') + ".class"), line);
                assertTrue(entry[1].startsWith("io.flaremail.sandbox.spring."), line);
            }
        }
    }

    /** The multipart and text handlers, for example, which IMAP's BODYSTRUCTURE needs. */
    @Test
    void theMailcapIsAngusMails() throws IOException {
        String angus;
        try (var in = SandboxJarIT.class.getClassLoader().getResourceAsStream("META-INF/mailcap")) {
            assertNotNull(in);
            angus = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (JarFile jar = jar()) {
            assertEquals(
                    lines(angus.replace("org.eclipse.angus.", INSIDE + "angus.")),
                    lines(text(jar, "io/flaremail/sandbox/inside/files/mailcap")));
        }
    }

    /** What users call must not have names of libraries in it: they would have to import ours. */
    @Test
    void publicMethodsNameNoLibrary() throws Exception {
        Set<String> found = new TreeSet<>();
        try (URLClassLoader loader = ClassPath.of(DropInJar.sandbox()).loader()) {
            for (String name : List.of("Sandbox", "SandboxBuilder", "Messages", "ReceivedMessage", "Fault")) {
                Class<?> type = loader.loadClass("io.flaremail.sandbox." + name);
                for (Method method : type.getMethods()) {
                    Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))
                            .filter(each -> each.getName().startsWith(INSIDE))
                            .forEach(each -> found.add(method.toString()));
                }
            }
        }
        assertEquals(Set.of(), found);
    }

    @Test
    void licencesAreThere() throws IOException {
        try (JarFile jar = jar()) {
            assertEquals(Files.readString(Path.of("LICENSE")), text(jar, "META-INF/LICENSE"));
            assertEquals(Files.readString(Path.of("NOTICE")), text(jar, "META-INF/NOTICE"));
            assertTrue(text(jar, "META-INF/licenses/h2/LICENSE").contains("Mozilla Public License Version 2.0"));
            assertTrue(text(jar, "META-INF/licenses/angus-mail/META-INF/LICENSE.md")
                    .contains("Eclipse"));
        }
    }

    @Test
    void isSmall() throws IOException {
        assertTrue(Files.size(DropInJar.sandbox()) <= MOST_BYTES, Files.size(DropInJar.sandbox()) + " bytes");
    }

    private static JarFile jar() throws IOException {
        return new JarFile(DropInJar.sandbox().toFile());
    }

    private static Set<String> names() throws IOException {
        try (JarFile jar = jar()) {
            return jar.stream().map(JarEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<JarEntry> entries(JarFile jar, String pattern) {
        return jar.stream().filter(entry -> entry.getName().matches(pattern)).toList();
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).toList();
    }

    private static String text(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        assertNotNull(entry, name);
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}
