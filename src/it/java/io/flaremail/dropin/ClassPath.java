package io.flaremail.dropin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/** Jars and folders, in order, for a class loader or a process that sees nothing of this one. Immutable. */
public record ClassPath(List<Path> places) {
    /** Artifacts and all that they need, as Maven would resolve them for a project that depends on them. */
    public static ClassPath of(String... artifacts) {
        return resolved(artifacts, true);
    }

    /** Just these artifacts. */
    public static ClassPath only(String... artifacts) {
        return resolved(artifacts, false);
    }

    private static ClassPath resolved(String[] artifacts, boolean transitive) {
        var found = Maven.resolver().resolve(artifacts);
        var files = transitive
                ? found.withTransitivity().asFile()
                : found.withoutTransitivity().asFile();
        return new ClassPath(Arrays.stream(files).map(java.io.File::toPath).toList());
    }

    public static ClassPath of(Path... places) {
        return new ClassPath(List.of(places));
    }

    public ClassPath and(ClassPath more) {
        List<Path> both = new ArrayList<>(places);
        both.addAll(more.places);
        return new ClassPath(List.copyOf(both));
    }

    public ClassPath and(Path... more) {
        return and(of(more));
    }

    /** Without the jars whose file name begins so. */
    public ClassPath without(String name) {
        return new ClassPath(places.stream()
                .filter(place -> !place.getFileName().toString().startsWith(name))
                .toList());
    }

    /** A class loader that sees these and the JDK. */
    public URLClassLoader loader() {
        return loader(ClassLoader.getPlatformClassLoader());
    }

    public URLClassLoader loader(ClassLoader parent) {
        return new URLClassLoader(urls(), parent);
    }

    URL[] urls() {
        return places.stream().map(ClassPath::url).toArray(URL[]::new);
    }

    /** As {@code java -cp} takes it. */
    @Override
    public String toString() {
        return places.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new UncheckedIOException(new IOException(impossible));
        }
    }
}
