package io.flaremail.dropin.servers;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.Compiled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The web application of {@code samples/webapp}, for servers of jakarta or javax, with or without jars of its own. */
public final class WebApp {
    private static final Path SOURCES = Path.of("samples/webapp");
    private static final ClassPath JAKARTA =
            ClassPath.only("jakarta.servlet:jakarta.servlet-api:5.0.0", "jakarta.mail:jakarta.mail-api:2.1.3");
    private static final ClassPath JAVAX =
            ClassPath.only("javax.servlet:javax.servlet-api:4.0.1", "com.sun.mail:javax.mail:1.6.2");

    private WebApp() {}

    /**
     * As a folder.
     *
     * @param lib what goes to WEB-INF/lib
     */
    public static Path folder(Path folder, boolean javax, ClassPath lib) throws IOException {
        Path inf = Files.createDirectories(folder.resolve("WEB-INF"));
        Files.writeString(inf.resolve("web.xml"), Files.readString(SOURCES.resolve("WEB-INF/web.xml")));
        Compiled.into(
                inf.resolve("classes"), javax ? JAVAX : JAKARTA, javax, SOURCES.resolve("com/example/SendMail.java"));
        Files.createDirectories(inf.resolve("lib"));
        for (Path jar : lib.places()) {
            Files.copy(jar, inf.resolve("lib").resolve(jar.getFileName()));
        }
        return folder;
    }

    /** As a WAR: what {@link #folder} makes, packed. */
    public static Path war(Path war, boolean javax, ClassPath lib) throws IOException {
        Path folder = folder(Files.createTempDirectory(war.toAbsolutePath().getParent(), "webapp"), javax, lib);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war));
                Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> add(zip, folder, file));
        }
        return war;
    }

    private static void add(ZipOutputStream zip, Path folder, Path file) {
        try {
            zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, zip);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
