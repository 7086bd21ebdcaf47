package io.flaremail.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;

/** Checks that what {@code FLAREMAIL_CLASSPATH} names is there: Java ignores what is missing. */
final class ClassPathCheck {
    private ClassPathCheck() {}

    static void run(Optional<String> classPath, Diagnosis diagnosis) {
        for (String entry : classPath.orElse("").split(File.pathSeparator)) {
            if (!entry.isEmpty() && !isThere(entry)) {
                diagnosis.add(Finding.wrong(
                        "Class path",
                        "FLAREMAIL_CLASSPATH names " + entry + ", which does not exist",
                        "correct the path, or remove it"));
            }
        }
    }

    /** {@code lib/*} stands for all jars in a folder. */
    private static boolean isThere(String entry) {
        boolean wildcard = entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*");
        String place = wildcard ? entry.substring(0, entry.length() - 1) : entry;
        try {
            Path path = Paths.get(place);
            return wildcard ? place.isEmpty() || Files.isDirectory(path) : Files.exists(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
