package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What GraalVM's native-image is told to keep exists, and is all that is looked for by name. The native-image compiler
 * itself could not be had where this was written: no image was ever made.
 */
class NativeImageIT {
    /** Of the application, if it has them; native-image passes over those that it has not. */
    private static final Pattern PROVIDERS =
            Pattern.compile("(org\\.eclipse\\.angus|com\\.sun)\\.mail\\.(smtp|util)\\.\\w+");

    private static final String FOLDER = "META-INF/native-image/io.flaremail/flaremail/";

    @ParameterizedTest
    @EnumSource
    void everyClassAndFileIsThere(DropInJar jar) throws IOException {
        try (JarFile file = new JarFile(jar.path().toFile())) {
            for (JsonNode type : json(file, "reflect-config.json")) {
                String name = type.get("name").asText();
                assertNotNull(
                        PROVIDERS.matcher(name).matches() ? name : file.getEntry(name.replace('.', '/') + ".class"),
                        name);
            }
            for (JsonNode each : json(file, "resource-config.json").at("/resources/includes")) {
                String pattern = each.get("pattern").asText();
                assertTrue(file.stream().map(JarEntry::getName).anyMatch(name -> name.matches(pattern)), pattern);
            }
        }
    }

    /** Picocli reads annotations, and makes and fills these objects by reflection. */
    @Test
    void everyCommandIsNamed() throws Exception {
        Set<String> expected =
                new TreeSet<>(Set.of(Registration.TRANSPORT, Registration.PROVIDER, "io.flaremail.cli.Main$Version"));
        Set<String> named = new TreeSet<>();
        try (JarFile file = new JarFile(DropInJar.THIN.path().toFile())) {
            json(file, "reflect-config.json")
                    .forEach(type -> named.add(type.get("name").asText()));
            named.removeIf(PROVIDERS.asMatchPredicate());
            for (JarEntry entry : file.stream().toList()) {
                if (entry.getName().matches("io/flaremail/cli/.*\\.class")) {
                    String name = entry.getName().replace(".class", "").replace('/', '.');
                    if (isPicocli(Class.forName(name))) {
                        expected.add(name);
                    }
                }
            }
        }
        assertEquals(expected, named);
    }

    private static boolean isPicocli(Class<?> type) {
        Stream<AnnotatedElement> all = Stream.of(
                        Stream.of(type),
                        Arrays.stream(type.getDeclaredFields()),
                        Arrays.stream(type.getDeclaredMethods()))
                .flatMap(each -> each);
        return all.flatMap(each -> Arrays.stream(each.getAnnotations()))
                .anyMatch(annotation -> annotation.annotationType().getName().startsWith("picocli."));
    }

    private static JsonNode json(JarFile jar, String name) throws IOException {
        return new ObjectMapper().readTree(jar.getInputStream(jar.getEntry(FOLDER + name)));
    }
}
