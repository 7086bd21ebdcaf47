package io.flaremail.dropin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Which registration files a copy of our jar has; the shipped one has all that its mail API could read. */
enum RegistrationFiles {
    SERVICES("META-INF/services/%s.Provider"),
    JAVAMAIL("META-INF/javamail.providers"),
    JAKARTA("META-INF/jakarta.providers"),
    SERVICES_AND_JAVAMAIL("META-INF/services/%s.Provider", "META-INF/javamail.providers"),
    ALL("META-INF/services/%s.Provider", "META-INF/javamail.providers", "META-INF/jakarta.providers"),
    NONE;

    private final List<String> kept;

    RegistrationFiles(String... kept) {
        this.kept = List.of(kept);
    }

    /** A copy of the jar in this folder without the other files; the same copy each time. */
    Path copy(DropInJar jar, Path folder) throws IOException {
        Path copy = folder.resolve(jar + "-" + this + ".jar");
        if (Files.exists(copy)) {
            return copy;
        }
        Files.copy(jar.path(), copy);
        String api = jar == DropInJar.JAVAX ? "javax.mail" : "jakarta.mail";
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + copy.toUri()), Map.of())) {
            for (String file : ALL.kept) {
                if (!kept.contains(file)) {
                    Files.deleteIfExists(inside.getPath(file.formatted(api)));
                }
            }
        }
        return copy;
    }
}
