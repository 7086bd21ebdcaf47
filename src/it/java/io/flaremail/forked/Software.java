package io.flaremail.forked;

import io.flaremail.dropin.ClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jboss.shrinkwrap.resolver.api.ResolutionException;
import org.junit.jupiter.api.Assumptions;

/** What servers are made of, from Maven Central; below {@code target/servers}. */
public final class Software {
    public static final Path SERVERS = Path.of("target/servers").toAbsolutePath();

    private Software() {}

    /** The file; the test is skipped, and says so, where it cannot be had. */
    public static Path artifact(String coordinates) {
        try {
            return ClassPath.only(coordinates).places().get(0);
        } catch (ResolutionException unavailable) {
            String reason = "SKIPPED: " + coordinates + " cannot be downloaded: " + unavailable.getMessage();
            System.out.println(reason);
            return Assumptions.abort(reason);
        }
    }

    /** The one folder that is in the ZIP, unpacked unless it was before. */
    public static Path unpacked(String coordinates) throws IOException {
        Path zip = artifact(coordinates);
        Path folder = SERVERS.resolve(zip.getFileName().toString().replaceAll("\\.zip$", ""));
        if (!Files.exists(folder)) {
            Path half = Files.createDirectories(SERVERS.resolve(folder.getFileName() + ".half"));
            unpack(zip, half);
            Files.move(half, folder);
        }
        try (Stream<Path> roots = Files.list(folder)) {
            return roots.findFirst().orElseThrow();
        }
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** A new, empty folder for one run of a server. */
    public static Path emptyFolder(String name) throws IOException {
        Path folder = SERVERS.resolve(name.replaceAll("[^A-Za-z0-9.]+", "-"));
        delete(folder);
        return Files.createDirectories(folder);
    }

    /** With all that is in it, if it is there. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path file : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** A folder, which may be one inside an archive. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Puts a file where a server watches for it, whole at any moment and newer than what was there. */
    static void replace(Path file, Path with) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.copy(with, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
