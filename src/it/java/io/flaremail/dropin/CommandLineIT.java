package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line of the jars as they are shipped. */
@Timeout(300)
class CommandLineIT {
    private static final String MAIN = "io.flaremail.cli.Main";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @ParameterizedTest
    @EnumSource(names = {"ALL", "JAVAX"})
    void versionIsTheJars(DropInJar jar) throws Exception {
        assertEquals(
                new Jvm(0, "flaremail " + version(jar) + System.lineSeparator(), ""),
                Jvm.run("-jar", jar.path().toString(), "--version"));
    }

    /** As it is shipped: beside the jars, executable. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no sh")
    void theLauncherStartsTheJarBesideIt() throws Exception {
        Path launcher = DropInJar.ALL.path().resolveSibling("flaremail");
        Path output = Files.createTempFile("launcher", ".txt");
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--version").redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("FLAREMAIL_JAR", "FLAREMAIL_CLASSPATH", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
        assertEquals("flaremail " + version(DropInJar.ALL) + "\n", Files.readString(output));
    }

    private static String version(DropInJar jar) {
        String name = jar.path().getFileName().toString();
        return name.replaceFirst("flaremail-", "").replaceFirst("-(all|javax)\\.jar", "");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "JAVAX"})
    void doctorLooksAtTheAccountWithoutMailJars(DropInJar jar) throws Exception {
        Jvm doctor = doctor("-jar", jar.path().toString());
        assertHas("skipped: run it with the application's class path", doctor);
    }

    @ParameterizedTest
    @EnumSource
    void doctorLooksAtTheApplicationsMail(MailImplementation mail) throws Exception {
        Path ours = mail.dropIn().path();
        Jvm doctor = doctor("-cp", mail.classPath().and(ours).toString(), MAIN);
        String file = mail.readsServices() ? "services/" + mail.api() + ".Provider" : "javamail.providers";
        assertHas("mail sessions find the transport through META-INF/" + file, doctor);
        assertHas("Flaremail " + ours.getFileName().toString().replace(".jar", ""), doctor);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL,   JAVAX_1_6,               jakarta.mail, javax.mail,   javax",
        "JAVAX, API_2_1_5_ANGUS_2_0_5,   javax.mail,   jakarta.mail, all",
    })
    void doctorNamesTheJarForTheOtherMailApi(
            DropInJar jar, MailImplementation mail, String needs, String has, String right) throws Exception {
        Jvm doctor = doctor(1, "-cp", mail.classPath().and(jar.path()).toString(), MAIN);
        assertHas(
                jar.path().getFileName() + " is for " + needs + ", but the class path has " + has + " -> use flaremail-"
                        + version(jar) + "-" + right + ".jar instead",
                doctor);
    }

    /** The sandbox in a process of its own, by what its ready line tells: every check passes. */
    @Test
    void doctorFindsNothingWrongInTheSandbox(@TempDir Path folder) throws Exception {
        MailImplementation mail = MailImplementation.API_2_1_5_ANGUS_2_0_5;
        Path properties = Files.writeString(
                folder.resolve("p"), "mail.transport.protocol=cloudflare\nmail.transport.protocol.rfc822=cloudflare\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        DropInJar.ALL.path().toString().replace("-all.jar", "-sandbox.jar"),
                        "--random")
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            Jvm doctor = Jvm.run(
                    "-cp",
                    mail.classPath().and(DropInJar.ALL.path()).toString(),
                    MAIN,
                    "doctor",
                    "--from=billing@example.com",
                    "--properties=" + properties,
                    "--endpoint=" + value("endpoint", line),
                    "--account=" + value("account", line),
                    "--token=" + value("token", line),
                    "--resolver=" + value("dns", line));
            assertTrue(doctor.out().strip().endsWith("No problem found."), doctor::out);
            assertEquals(0, doctor.exit());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String value(String name, String ready) {
        return ready.replaceFirst(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
    }

    private static Jvm doctor(String... java) throws Exception {
        return doctor(0, java);
    }

    private static Jvm doctor(int exit, String... java) throws Exception {
        List<String> command = new ArrayList<>(List.of(java));
        Stream.of(
                        "doctor",
                        "--no-color",
                        "--account=" + sandbox.account(),
                        "--token=" + sandbox.token(),
                        "--endpoint=" + sandbox.endpoint())
                .forEach(command::add);
        Jvm doctor = Jvm.run(command.toArray(String[]::new));
        assertEquals(exit, doctor.exit(), doctor::out);
        assertEquals("", doctor.err(), doctor::out);
        assertTrue(!doctor.out().contains("\tat ") && !doctor.out().contains("unexpected"), doctor.out());
        return doctor;
    }

    private static void assertHas(String text, Jvm doctor) {
        assertTrue(doctor.out().replaceAll("\\s+", " ").contains(text), doctor::out);
    }
}
