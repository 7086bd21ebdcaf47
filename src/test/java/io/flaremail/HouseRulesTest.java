package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One direction of imports: the transport knows mime and api, api knows dns, and those know nobody. */
class HouseRulesTest {
    private static final Path MAIN = Path.of("src/main/java/io/flaremail");

    @Test
    void mimeAndDnsKnowNobody() throws IOException {
        assertEquals(Set.of(), filesWith("mime", "import io.flaremail", "jakarta.mail", "org.apache", "java.net"));
        assertEquals(Set.of(), filesWith("dns", "import io.flaremail", "jakarta.mail", "org.apache", "com.fasterxml"));
    }

    @Test
    void apiKnowsOnlyDns() throws IOException {
        assertEquals(
                filesWith("api", "import io.flaremail.dns."), filesWith("api", "import io.flaremail", "jakarta.mail"));
        assertEquals(
                Set.of(),
                filesWith("api", "import io.flaremail.mime", "import io.flaremail.cli", "import io.flaremail.inside"));
    }

    @Test
    void onlyDnsKnowsJndi() throws IOException {
        assertEquals(filesWith("dns", "javax.naming"), filesWith("", "javax.naming"));
    }

    @Test
    void nobodyKnowsTheCommandLine() throws IOException {
        Set<String> all = filesWith("", "io.flaremail.cli", "picocli");
        assertEquals(filesWith("cli", "io.flaremail.cli", "picocli"), all);
    }

    @Test
    void theCommandLineKnowsJakartaMailInFewFiles() throws IOException {
        assertEquals(
                Set.of(
                        "FileClient.java",
                        "ProviderChecks.java",
                        "PropertyChecks.java",
                        "Registration.java",
                        "SendFile.java",
                        "SendFileText.java"),
                filesWith("cli", "import jakarta.mail"));
        assertEquals(Set.of(), filesWith("cli", "io.flaremail.mime"));
    }

    @Test
    void httpClientIsKnownToFewFiles() throws IOException {
        assertEquals(
                Set.of(
                        "Connecting.java",
                        "HttpConnections.java",
                        "HttpExchange.java",
                        "KeepAlive.java",
                        "LibraryCheck.java",
                        "RequestThenAnswer.java",
                        "RetryAfter.java",
                        "SilentConnection.java",
                        "TlsUpgrade.java",
                        "TrackedEntity.java",
                        "UnreadInput.java",
                        "UploadWatch.java"),
                filesWith("", "org.apache.hc"));
    }

    @Test
    void onlyOneFileReadsProperties() throws IOException {
        assertEquals(Set.of("SessionOptions.java"), filesWith("", "getProperties()", ".getProperty(property"));
    }

    @Test
    void filesStaySmall() throws IOException {
        for (Path file : files("")) {
            long lines = Files.lines(file).count();
            assertTrue(lines <= 250, file + " has " + lines + " lines: one room or several?");
        }
    }

    private static Set<String> filesWith(String room, String... texts) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : files(room)) {
            String code = Files.readString(file);
            if (Stream.of(texts).anyMatch(code::contains)) {
                found.add(file.getFileName().toString());
            }
        }
        return found;
    }

    private static List<Path> files(String room) throws IOException {
        try (Stream<Path> files = Files.walk(MAIN.resolve(room))) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(java.size() > 2, "nothing to look at in " + room);
            return java;
        }
    }
}
