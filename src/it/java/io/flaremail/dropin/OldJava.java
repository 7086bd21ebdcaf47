package io.flaremail.dropin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A Java runtime older than the one that runs the tests; {@code .ci/old-java target/old-java} puts it there. */
enum OldJava {
    JAVA_8("java8", "1.8.0_"),
    JAVA_11("java11", "11.");

    private static final Path FOLDER = Path.of("target/old-java");

    private final String folder;
    final String version;

    OldJava(String folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /** The test is skipped, and says so, where it is not there. */
    Jvm run(Map<String, String> properties, String... args) throws Exception {
        Path java = FOLDER.resolve(folder).resolve("bin/java").toAbsolutePath();
        if (!Files.isExecutable(java)) {
            String reason =
                    "SKIPPED: " + this + ": there is no " + FOLDER + "/" + folder + "; run .ci/old-java " + FOLDER;
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        List<String> all = new ArrayList<>();
        properties.forEach((key, value) -> all.add("-D" + key + "=" + value));
        all.addAll(List.of(args));
        return Jvm.run(java, all);
    }
}
