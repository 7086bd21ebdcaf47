package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a person saw and found good, in {@code src/test/resources/cli}. {@code -Dgolden.write=true} writes it anew. */
final class Golden {
    static final String ACCOUNT = "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb";
    static final String ZONE = "ccccccccccccccccdddddddddddddddd";
    static final String TOKEN = "Secret-0123456789-abcdefghijklmnop_QRSTU";
    private static final Path FOLDER = Path.of("src/test/resources/cli");

    private Golden() {}

    static void check(String name, Run run) throws IOException {
        String seen = stable(run.everything());
        assertFalse(seen.contains(TOKEN), "the token is shown");
        Path file = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, seen);
        }
        assertEquals(Files.exists(file) ? Files.readString(file) : "", seen, name);
    }

    /** What differs from run to run is left out. */
    private static String stable(String text) {
        return text.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll("(jakarta\\.mail-api|angus-mail)-[0-9.]+", "$1-VERSION")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("20[23]\\d-\\d\\d-\\d\\d", "YYYY-MM-DD")
                .replaceAll("ray [0-9A-Za-z-]+", "ray RAY")
                .replaceAll("\"ray\": \"[^\"]+\"", "\"ray\": \"RAY\"")
                .replaceAll("\"rays\": \\[[^]]*]", "\"rays\": [RAY]")
                .replaceAll("<[A-Za-z0-9]{36}@", "<ID@")
                .replaceAll("\\b(?!a{16}b{16}|c{16}d{16}|e{32})[0-9a-f]{32}\\b", "TAG")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("p=MIIB[A-Za-z0-9+/]+=*", "p=KEY")
                .replaceAll("after \\d+ s", "after N s");
    }
}
