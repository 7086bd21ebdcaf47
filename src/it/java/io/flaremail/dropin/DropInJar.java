package io.flaremail.dropin;

import java.nio.file.Files;
import java.nio.file.Path;

/** The jars of this build; failsafe says where they are. */
public enum DropInJar {
    THIN(""),
    ALL("-all"),
    JAVAX("-javax");

    private final String classifier;

    DropInJar(String classifier) {
        this.classifier = classifier;
    }

    /** The jar that registers for "smtp", beside any of the others. */
    public static Path form() {
        return path("-smtp");
    }

    /** The simulated API, with all that it needs. */
    public static Path sandbox() {
        return path("-sandbox");
    }

    public Path path() {
        return path(classifier);
    }

    private static Path path(String classifier) {
        String jars = System.getProperty("flaremail.jars", "");
        Path jar = Path.of(jars + classifier + ".jar");
        if (jars.isEmpty() || !Files.isRegularFile(jar)) {
            throw new IllegalStateException("no " + jar + ": these tests run in mvn verify, after the jars are built");
        }
        return jar;
    }
}
