package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in the drop-in jars, and what must not be. */
class JarContentsIT {
    /** Java 8; picocli is compiled for an older one. */
    private static final int JAVA_8 = 52;

    private static final long MOST_BYTES = 2_500_000;

    @ParameterizedTest
    @EnumSource(names = {"ALL", "JAVAX"})
    void everyClassIsOurs(DropInJar jar) throws IOException {
        assertEquals(
                List.of(),
                names(jar)
                        .filter(name -> name.endsWith(".class") && !name.startsWith("io/flaremail/"))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyClassLoadsOnJava8(DropInJar jar) throws IOException {
        try (JarFile file = new JarFile(jar.path().toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    assertTrue(version(file, entry) <= JAVA_8, entry.getName());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void servicesAreTheMailProviderAndWhatIsInside(DropInJar jar) throws IOException {
        String mail = "META-INF/services/" + (jar == DropInJar.JAVAX ? "javax" : "jakarta") + ".mail.Provider";
        TreeSet<String> services = new TreeSet<>();
        names(jar).filter(name -> name.matches("META-INF/services/.+")).forEach(services::add);
        assertTrue(services.remove(mail), mail);
        if (jar != DropInJar.THIN) {
            assertTrue(services.remove("META-INF/services/io.flaremail.inside.slf4j.spi.SLF4JServiceProvider"));
            assertEquals("io.flaremail.CloudflareProvider", text(jar, mail).strip());
        }
        assertEquals(new TreeSet<>(), services);
    }

    @ParameterizedTest
    @EnumSource
    void registrationFilesAreThoseThatTheMailApiReads(DropInJar jar) throws IOException {
        List<String> registrations = names(jar)
                .filter(name -> name.matches("META-INF/.*(providers|address\\.map)"))
                .sorted()
                .toList();
        assertEquals(
                jar == DropInJar.JAVAX
                        ? List.of("META-INF/javamail.providers")
                        : List.of("META-INF/jakarta.providers", "META-INF/javamail.providers"),
                registrations);
    }

    /** A parent, or a property of one, could not be found by those who depend on it. */
    @Test
    void thePublishedPomIsCompleteByItself() throws IOException {
        String pom = text(DropInJar.THIN, "META-INF/maven/io.flaremail/flaremail/pom.xml");
        assertTrue(pom.contains("<artifactId>httpclient5</artifactId>"), pom);
        for (String unwanted : List.of("<parent>", "${", "<scope>test</scope>", "<build>", "<profile>")) {
            assertFalse(pom.contains(unwanted), unwanted);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "JAVAX"})
    void licencesOfWhatIsInsideAreKept(DropInJar jar) throws IOException {
        List<String> names = names(jar).toList();
        ShadedLibraries libraries = ShadedLibraries.in(names);
        assertEquals(Set.of("hc", "jackson", "picocli", "slf4j"), libraries.names());
        assertEquals(libraries.names(), licensed(names));
        for (String library : libraries.names()) {
            Map<String, Set<String>> licences = libraries.texts(library, ".*LICENSE.*");
            for (String name : licences.keySet()) {
                String kept = text(jar, "META-INF/licenses/" + library + "/" + name);
                assertEquals(licences.get(name), Set.of(kept), library + "'s " + name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ourLicenceAndNoticeAreThere(DropInJar jar) throws IOException {
        assertEquals(Files.readString(Path.of("LICENSE")), text(jar, "META-INF/LICENSE"));
        assertTrue(text(jar, "META-INF/NOTICE").contains(Files.readString(Path.of("NOTICE"))));
    }

    /** Picocli's jar has none; its licence is Apache's. */
    @ParameterizedTest
    @EnumSource(names = {"ALL", "JAVAX"})
    void picocliHasItsLicence(DropInJar jar) throws IOException {
        assertEquals(text(jar, "META-INF/LICENSE"), text(jar, "META-INF/licenses/picocli/LICENSE"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "JAVAX"})
    void noticesOfWhatIsInsideAreKept(DropInJar jar) throws IOException {
        String notice = text(jar, "META-INF/NOTICE");
        ShadedLibraries libraries = ShadedLibraries.in(names(jar).toList());
        int lines = 0;
        for (String library : libraries.names()) {
            for (Set<String> texts : libraries.texts(library, "NOTICE.*").values()) {
                for (String line : String.join("\n", texts).lines().toList()) {
                    assertTrue(notice.contains(line), library + ": " + line);
                    lines++;
                }
            }
        }
        assertTrue(lines > 20, lines + " lines");
    }

    /** It is small, and registers classes that the other jars have. */
    @Test
    void theFormJarOnlyRegisters() throws IOException {
        assertTrue(Files.size(DropInJar.form()) < 10_000);
        Set<String> named = new TreeSet<>();
        try (JarFile file = new JarFile(DropInJar.form().toFile())) {
            for (JarEntry entry :
                    file.stream().filter(each -> !each.isDirectory()).toList()) {
                assertFalse(entry.getName().endsWith(".class"), entry.getName());
                String text = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                if (!entry.getName().matches("META-INF/(LICENSE|NOTICE|MANIFEST\\.MF)")) {
                    Pattern.compile("io\\.flaremail\\.[\\w$]+")
                            .matcher(text)
                            .results()
                            .forEach(match -> named.add(match.group()));
                }
            }
        }
        assertEquals(7, named.size(), named::toString);
        for (DropInJar jar : DropInJar.values()) {
            Set<String> there = names(jar).collect(Collectors.toSet());
            for (String name : named) {
                assertTrue(there.contains(name.replace('.', '/') + ".class"), jar + ": " + name);
            }
        }
    }

    private static Set<String> licensed(List<String> names) {
        return names.stream()
                .filter(name -> name.matches("META-INF/licenses/[^/]+/.+"))
                .map(name -> name.split("/")[2])
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "JAVAX"})
    void isSmall(DropInJar jar) throws IOException {
        long bytes = Files.size(jar.path());
        assertTrue(bytes <= MOST_BYTES, bytes + " bytes");
    }

    /** Names as they would stand in code that looks for a class or a file; sources of the other kind must not be left. */
    @ParameterizedTest
    @EnumSource(names = {"JAVAX"})
    void nothingSpeaksOfJakartaMail(DropInJar jar) throws IOException {
        try (JarFile file = new JarFile(jar.path().toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String bytes = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                assertTrue(!bytes.contains("jakarta/mail") && !bytes.contains("jakarta.mail."), entry.getName());
            }
        }
    }

    private static int version(JarFile file, JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
            in.readInt(); // the magic number
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }

    private static Stream<String> names(DropInJar jar) throws IOException {
        try (JarFile file = new JarFile(jar.path().toFile())) {
            return file.stream().map(JarEntry::getName).toList().stream();
        }
    }

    private static String text(DropInJar jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.path().toFile())) {
            JarEntry entry = file.getJarEntry(name);
            assertTrue(entry != null, name);
            return new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
