package io.flaremail.applications;

import io.flaremail.dropin.DropInJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Maven project outside of this one. Its local repository has this build's artifacts, and otherwise what the user's has, into
 * which new downloads go. Immutable.
 */
record MavenProject(Path folder) {
    private static final String VERSION = System.getProperty("flaremail.version");
    private static final int LONGEST_MINUTES = 10;

    /** @param pom of {@code src/it/projects} */
    static MavenProject create(Path folder, String pom, String version) throws IOException {
        Files.createDirectories(folder);
        String text = Files.readString(Path.of("src/it/projects", pom));
        Files.writeString(
                folder.resolve("pom.xml"), text.replace("@version@", version).replace("@flaremail@", VERSION));
        installArtifacts(folder.resolve("repository"));
        return new MavenProject(folder);
    }

    private static void installArtifacts(Path repository) throws IOException {
        Path users = Path.of(System.getProperty("flaremail.repository"));
        linkEntries(users, repository, "io");
        linkEntries(users.resolve("io"), repository.resolve("io"), "flaremail");
        Path own = Files.createDirectories(
                repository.resolve("io/flaremail/flaremail").resolve(VERSION));
        String name = "flaremail-" + VERSION;
        Files.copy(Path.of("target/published-pom.xml"), own.resolve(name + ".pom"));
        Files.copy(DropInJar.THIN.path(), own.resolve(name + ".jar"));
        Files.copy(DropInJar.sandbox(), own.resolve(name + "-sandbox.jar"));
    }

    private static void linkEntries(Path from, Path to, String without) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(without)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    /** @param source with its package's folders below {@code root} */
    MavenProject with(String kind, Path root, String source) throws IOException {
        Path target = folder.resolve("src").resolve(kind).resolve(source);
        Files.createDirectories(target.getParent());
        Files.copy(root.resolve(source), target);
        return this;
    }

    /** How {@code mvn test} ended, and all that it printed. */
    record Outcome(int exit, String output, long seconds) {}

    Outcome test() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        System.getProperty("flaremail.maven") + "/bin/mvn",
                        "-B",
                        "-ntp",
                        "-Dmaven.repo.local=" + folder.resolve("repository"),
                        "test"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(MAIL_)?CLOUDFLARE_.*|JAVA_TOOL_OPTIONS"));
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            return new Outcome(ended ? process.exitValue() : -1, Files.readString(output), seconds);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            unlinkEntries(folder.resolve("repository"));
        }
    }

    /** Whoever deletes the folder must not come upon the user's repository. */
    private static void unlinkEntries(Path repository) throws IOException {
        try (Stream<Path> entries = Files.walk(repository)) {
            for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }
}
