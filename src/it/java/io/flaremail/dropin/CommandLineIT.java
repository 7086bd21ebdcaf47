package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
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
        String name = jar.path().getFileName().toString();
        String version = name.replaceFirst("flaremail-", "").replaceFirst("-(all|javax)\\.jar", "");
        assertEquals(
                new Jvm(0, "flaremail " + version + System.lineSeparator(), ""),
                Jvm.run("-jar", jar.path().toString(), "--version"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "JAVAX"})
    void doctorLooksAtTheAccountWithoutMailJars(DropInJar jar) throws Exception {
        Jvm doctor = doctor("-jar", jar.path().toString());
        assertHas("not looked at: run it with the application's class path", doctor);
    }

    @ParameterizedTest
    @EnumSource
    void doctorLooksAtTheApplicationsMail(MailImplementation mail) throws Exception {
        Path ours = mail.dropIn().path();
        Jvm doctor = doctor("-cp", mail.classPath().and(ours).toString(), MAIN);
        String file = mail.isGeronimo() ? "javamail.providers" : "services/" + mail.api() + ".Provider";
        assertHas("sessions see the transport, by META-INF/" + file, doctor);
        assertHas("Flaremail " + ours.getFileName().toString().replace(".jar", ""), doctor);
    }

    private static Jvm doctor(String... java) throws Exception {
        List<String> command = new ArrayList<>(List.of(java));
        Stream.of(
                        "doctor",
                        "--no-color",
                        "--account=" + sandbox.account(),
                        "--token=" + sandbox.token(),
                        "--endpoint=" + sandbox.endpoint())
                .forEach(command::add);
        Jvm doctor = Jvm.run(command.toArray(String[]::new));
        assertEquals(0, doctor.exit(), doctor::out);
        assertEquals("", doctor.err(), doctor::out);
        assertTrue(!doctor.out().contains("\tat ") && !doctor.out().contains("unexpected"), doctor.out());
        return doctor;
    }

    private static void assertHas(String text, Jvm doctor) {
        assertTrue(doctor.out().replaceAll("\\s+", " ").contains(text), doctor::out);
    }
}
