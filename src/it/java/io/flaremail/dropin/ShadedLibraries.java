package io.flaremail.dropin;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The libraries whose classes are in a drop-in jar, by their name inside, as the jars on this class path that they come from. */
record ShadedLibraries(Map<String, Set<String>> jars) {
    private static final String INSIDE = "io/flaremail/inside/";
    private static final Map<String, String> ORIGINAL_NAMES = Map.of(
            "hc/", "org/apache/hc/",
            "jackson/", "com/fasterxml/jackson/",
            "picocli/", "picocli/",
            "slf4j/", "org/slf4j/");

    static ShadedLibraries in(List<String> entries) throws IOException {
        Map<String, Set<String>> jars = new TreeMap<>();
        for (String entry : entries) {
            // net is Flaremail's own
            if (entry.startsWith(INSIDE) && entry.endsWith(".class") && !entry.startsWith(INSIDE + "net/")) {
                String name = entry.substring(INSIDE.length());
                String library = name.substring(0, name.indexOf('/'));
                jars.computeIfAbsent(library, any -> new TreeSet<>()).add(jarWith(original(name)));
            }
        }
        return new ShadedLibraries(jars);
    }

    Set<String> names() {
        return jars.keySet();
    }

    /** Texts in {@code META-INF} of a library's jars, by file name. */
    Map<String, Set<String>> texts(String library, String fileName) throws IOException {
        Map<String, Set<String>> texts = new TreeMap<>();
        for (String jar : jars.get(library)) {
            try (JarFile file = new JarFile(jar)) {
                for (JarEntry entry : file.stream().toList()) {
                    if (entry.getName().matches("META-INF/" + fileName)) {
                        String text = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                        texts.computeIfAbsent(entry.getName().substring("META-INF/".length()), any -> new TreeSet<>())
                                .add(text.replace("\r\n", "\n"));
                    }
                }
            }
        }
        return texts;
    }

    private static String original(String name) {
        return ORIGINAL_NAMES.entrySet().stream()
                .filter(each -> name.startsWith(each.getKey()))
                .map(each -> each.getValue() + name.substring(each.getKey().length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a library not known here: " + name));
    }

    private static String jarWith(String name) throws IOException {
        URL place = ShadedLibraries.class.getClassLoader().getResource(name);
        if (place == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        return ((JarURLConnection) place.openConnection()).getJarFile().getName();
    }
}
