package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.SmtpServer;
import io.flaremail.sandbox.SandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that is one jar with its mail API inside: only the command that starts it can be changed. */
class AgentIT {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    @RegisterExtension
    final SmtpServer smtp = new SmtpServer();

    @ParameterizedTest
    @EnumSource(names = {"JAKARTA_2_0", "API_2_1_5_ANGUS_2_0_5", "JAVAX_1_4", "JAVAX_1_5", "JAVAX_1_6"})
    void theApplicationSendsThroughCloudflare(MailImplementation mail) throws Exception {
        Jvm jvm = run(fatJar(mail), mail.dropIn());
        assertEquals(new Jvm(0, "sent\n", ""), jvm);
        assertEquals(1, sandbox.accepted().size());
        assertEquals(0, smtp.received().length);
    }

    @Test
    void whatIsSetStays() throws Exception {
        String theirs = "com.sun.mail.smtp.SMTPTransport";
        Jvm jvm = run(fatJar(MailImplementation.JAVAX_1_6), DropInJar.JAVAX, "-Dmail.smtp.class=" + theirs);
        assertEquals(
                new Jvm(0, "sent\n", "flaremail agent: mail.smtp.class is " + theirs + " and was not changed\n"), jvm);
        assertEquals(1, smtp.received().length);
    }

    @Test
    void theOtherJarIsNamed() throws Exception {
        Jvm jvm = run(fatJar(MailImplementation.JAVAX_1_6), DropInJar.ALL);
        assertEquals(0, jvm.exit(), jvm::err);
        assertTrue(
                jvm.err()
                        .contains("no jakarta.mail, so nothing was changed. It has javax.mail: use"
                                + " flaremail-VERSION-javax.jar as the agent instead."),
                jvm::err);
        assertEquals(1, smtp.received().length);
    }

    /** As in a WAR or in Spring Boot's jar, whose libraries are in a class loader of the application's own. */
    @Test
    void aMailApiOutOfReachIsReported() throws Exception {
        Path empty =
                jar(folder.resolve("nothing.jar"), "Nothing", List.of(program("Nothing", new ClassPath(List.of()))));
        Jvm jvm = run(empty, DropInJar.ALL);
        assertEquals(0, jvm.exit(), jvm::err);
        assertTrue(
                jvm.err()
                        .contains("no jakarta.mail, so nothing was changed. If the application has it in a class loader"
                                + " of its own"),
                jvm::err);
    }

    private Jvm run(Path jar, DropInJar agent, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("-javaagent:" + agent.path(), "-Dmail.cloudflare.endpoint=" + sandbox.endpoint()));
        command.addAll(List.of(more));
        command.addAll(
                List.of("-jar", jar.toString(), String.valueOf(smtp.port()), sandbox.account(), sandbox.token()));
        return Jvm.run(command.toArray(String[]::new));
    }

    private Path fatJar(MailImplementation mail) throws IOException {
        Path classes = Compiled.into(
                folder.resolve("classes"), mail.classPath(), mail.isJavax(), Path.of("src/it/apps/FatJar.java"));
        List<Path> places = new ArrayList<>(List.of(classes));
        places.addAll(mail.classPath().places());
        return jar(folder.resolve("application.jar"), "FatJar", places);
    }

    private Path program(String name, ClassPath classPath) throws IOException {
        Path source = Files.writeString(
                folder.resolve(name + ".java"),
                "public class " + name + " { public static void main(String[] args) {} }");
        return Compiled.into(folder.resolve(name), classPath, false, source);
    }

    /** One jar of these folders and jars; of files with the same name it has the first. */
    private static Path jar(Path jar, String main, List<Path> places) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        Set<String> names = new HashSet<>(Set.of("META-INF/MANIFEST.MF"));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Path place : places) {
                if (Files.isDirectory(place)) {
                    addFolder(place, names, out);
                } else {
                    addJar(place, names, out);
                }
            }
        }
        return jar;
    }

    private static void addFolder(Path folder, Set<String> names, JarOutputStream out) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(folder.relativize(file).toString(), Files.readAllBytes(file), names, out);
            }
        }
    }

    private static void addJar(Path jar, Set<String> names, JarOutputStream out) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry :
                    file.stream().filter(each -> !each.isDirectory()).toList()) {
                add(entry.getName(), file.getInputStream(entry).readAllBytes(), names, out);
            }
        }
    }

    private static void add(String name, byte[] content, Set<String> names, JarOutputStream out) throws IOException {
        if (names.add(name)) {
            out.putNextEntry(new JarEntry(name));
            out.write(content);
            out.closeEntry();
        }
    }
}
