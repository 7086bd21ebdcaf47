package io.flaremail.dropin.servers;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The applications that send in these tests know nothing of this project; what configures their servers does. */
class OnlyConfigurationNamesUsIT {
    @ParameterizedTest
    @ValueSource(strings = {"webapp", "spring-boot/com", "tomcat/com", "jetty/com"})
    void applicationsDoNot(String sample) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("samples", sample))) {
            List<Path> sources = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith("Test.java")) // which uses the sandbox
                    .toList();
            assertFalse(sources.isEmpty());
            for (Path source : sources) {
                String text = Files.readString(source).toLowerCase(Locale.ROOT);
                assertFalse(text.contains("flaremail") || text.contains("cloudflare"), source::toString);
            }
        }
    }
}
