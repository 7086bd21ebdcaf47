package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources that must not be on this project's own class path: applications that know nothing of it. */
public final class Compiled {
    private Compiled() {}

    /**
     * @param javax whether the sources' {@code jakarta.} becomes {@code javax.}, as older servers want it
     * @return the folder
     */
    public static Path into(Path folder, ClassPath classPath, boolean javax, Path... sources) throws IOException {
        Files.createDirectories(folder);
        List<JavaFileObject> units = Arrays.stream(sources)
                .map(source -> (JavaFileObject) new Source(source, javax))
                .toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of(
                "-d",
                folder.toString(),
                "-cp",
                classPath.toString(),
                "--release",
                "8",
                "-proc:none",
                "-Xlint:-options");
        assertTrue(
                compiler.getTask(complaints, null, null, options, null, units).call(), complaints::toString);
        return folder;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Path file;
        private final boolean javax;

        Source(Path file, boolean javax) {
            super(URI.create("memory:///" + file.getFileName()), Kind.SOURCE);
            this.file = file;
            this.javax = javax;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
            String text = Files.readString(file);
            return javax ? text.replace("jakarta.", "javax.") : text;
        }
    }
}
