package io.flaremail.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Java process that is spoken to in lines. */
final class Child implements AutoCloseable {
    static final String PASSWORD = "benchmark";

    /** What Flaremail, or SMTP by Angus, needs. */
    static final String JAKARTA =
            "classes|test-classes|jakarta\\.(mail|activation)-api.*|angus-.*|httpc[a-z]*5.*" + "|jackson-.*|slf4j-.*";
    /** What Amazon's transport needs, which is one for javax.mail. */
    static final String JAVAX = "test-classes|javax\\.mail-.*|activation-1.*|aws-.*|jmespath-.*|joda-time-.*"
            + "|commons-(codec|logging).*|http(client|core)-4.*|jackson-.*";
    /** All there is. */
    static final String ALL = ".*";

    private static final Path KEYS = Path.of("target", "benchmark", "keys.p12");
    private static final Path ERRORS = Path.of("target", "benchmark", "errors.log");

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    static Child start(String jars, String memory, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java("java"),
                "-Xmx" + memory,
                "-Djavax.net.ssl.trustStore=" + keys(),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-Daws.java.v1.disableDeprecationAnnouncement=true",
                "-cp",
                classPath(jars),
                main.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(ERRORS.toFile()))
                .start());
    }

    /** A new key for localhost; also what clients trust. */
    static void makeKeys() throws IOException, InterruptedException {
        Files.createDirectories(KEYS.getParent());
        Files.deleteIfExists(KEYS);
        Files.deleteIfExists(ERRORS);
        Process keytool = new ProcessBuilder(
                        (java("keytool") + " -genkeypair -alias localhost -keyalg EC -groupname secp256r1"
                                        + " -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -keystore "
                                        + KEYS + " -storepass " + PASSWORD)
                                .split(" "))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().transferTo(System.out);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
    }

    static Path keys() {
        return KEYS;
    }

    /** @return the answer, word by word */
    String[] ask(Object... words) throws IOException {
        in.println(Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" ")));
        return hear();
    }

    String[] hear() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("a process ended early: see target/benchmark/errors.log");
        }
        return line.split(" ");
    }

    /** Everything that it still says. */
    List<String> hearAll() {
        return out.lines().toList();
    }

    @Override
    public void close() throws IOException {
        in.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.close();
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static String classPath(String jars) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().matches(jars))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
