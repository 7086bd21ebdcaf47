package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jars carry no trace of when they were built: entries have the time that the pom gives, or that of the jar they are from. */
class ReproducibleIT {
    private static final LocalDateTime OUTPUT_TIMESTAMP =
            LocalDateTime.ofInstant(Instant.parse(System.getProperty("flaremail.timestamp")), ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource
    void noEntryIsNewerThanThePomSays(DropInJar jar) throws IOException {
        try (JarFile file = new JarFile(jar.path().toFile())) {
            LocalDateTime newest = file.stream()
                    .map(JarEntry::getTimeLocal)
                    .max(LocalDateTime::compareTo)
                    .orElseThrow();
            assertEquals(OUTPUT_TIMESTAMP, newest);
        }
    }
}
