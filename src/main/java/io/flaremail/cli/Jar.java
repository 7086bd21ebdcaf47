package io.flaremail.cli;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Which jar a class is from, by name and version; never the whole path. */
final class Jar {
    private Jar() {}

    /** A class of the class path; empty if it is missing or cannot be linked. */
    static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, Jar.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The name of the jar that a resource is in. */
    static String of(URL resource) {
        return name(resource).map(name -> name + ".jar").orElse("Flaremail (not in a jar)");
    }

    private static Optional<String> name(URL resource) {
        String place = String.valueOf(resource);
        if (!place.contains(".jar!")) {
            return Optional.empty();
        }
        String file = place.substring(0, place.indexOf(".jar!"));
        return Optional.of(file.substring(file.lastIndexOf('/') + 1));
    }

    static String of(Class<?> type) {
        Optional<String> jar = name(resource(type));
        if (!jar.isPresent()) {
            return version(type).orElse("(not in a jar)");
        }
        String name = jar.get();
        return version(type)
                .filter(version -> !name.contains(version))
                .map(version -> name + " (" + version + ")")
                .orElse(name);
    }

    static Optional<String> version(Class<?> type) {
        try {
            URLConnection connection = resource(type).openConnection();
            connection.setUseCaches(false);
            if (!(connection instanceof JarURLConnection)) {
                return Optional.empty();
            }
            try (java.util.jar.JarFile jar = ((JarURLConnection) connection).getJarFile()) {
                return version(jar.getManifest());
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** How many copies of it are on the class path. */
    static int copies(Class<?> type) {
        try {
            ClassLoader loader = Jar.class.getClassLoader();
            return new HashSet<>(Collections.list(loader.getResources(path(type)))).size();
        } catch (IOException e) {
            return 1;
        }
    }

    private static Optional<String> version(Manifest manifest) {
        Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String version = attributes.getValue("Implementation-Version"); // a bundle's would say 1.0.0.SNAPSHOT
        return Optional.ofNullable(version != null ? version : attributes.getValue("Bundle-Version"));
    }

    private static URL resource(Class<?> type) {
        return type.getResource("/" + path(type));
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }
}
