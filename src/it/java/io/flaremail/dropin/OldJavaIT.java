package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.PrivateCa;
import io.flaremail.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars in the oldest Java runtimes and with the oldest mail APIs, over TLS with a private certificate authority. */
@Timeout(300)
class OldJavaIT {
    private static final MailImplementation[] MAIL = {
        MailImplementation.JAVAX_1_4,
        MailImplementation.JAVAX_1_5,
        MailImplementation.JAVAX_1_6,
        MailImplementation.JAKARTA_2_0,
        MailImplementation.API_2_1_5_ANGUS_2_0_5
    };

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Map<String, String> trusted;

    @BeforeEach
    void start() {
        PrivateCa ca = new PrivateCa(keys);
        trusted = ca.trusted();
        sandbox = Sandbox.builder().tls(ca.server("dns:localhost")).start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private String endpoint() {
        return "https://localhost:" + sandbox.endpoint().getPort() + "/client/v4";
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(OldJava.values()).flatMap(java -> Stream.of(MAIL).map(mail -> Arguments.of(java, mail)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void everyWayOfSending(OldJava java, MailImplementation mail) throws Exception {
        Path classes = Compiled.into(
                folder.resolve("classes"), mail.classPath(), mail.isJavax(), Path.of("src/it/apps/EveryWay.java"));
        ClassPath all = ClassPath.of(mail.dropIn().path(), DropInJar.form())
                .and(mail.classPath())
                .and(classes);
        Jvm jvm = java.run(trusted, "-cp", all.toString(), "EveryWay", endpoint(), sandbox.account(), sandbox.token());
        assertEquals(new Jvm(0, "invalid [bounce@example.net]" + System.lineSeparator(), ""), jvm);
        for (String way : new String[] {"static", "default", "alias", "alias-static", "form"}) {
            assertEquals(1, sandbox.mailbox(way + "@example.net").size(), way);
        }
        String mime = new String(sandbox.mailbox("static@example.net").get(0), StandardCharsets.ISO_8859_1);
        assertTrue(mime.contains("Gr=FC=DFe") && mime.contains("17;no room\r\n"), mime);
    }

    @ParameterizedTest
    @CsvSource({"JAVA_8, ALL", "JAVA_8, JAVAX", "JAVA_11, ALL", "JAVA_11, JAVAX"})
    void theCommandLine(OldJava java, DropInJar jar) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), sandbox.token());
        Jvm send = java.run(
                trusted,
                "-jar",
                jar.path().toString(),
                "send",
                "--endpoint",
                endpoint(),
                "--account",
                sandbox.account(),
                "--token-file",
                token.toString(),
                "--from",
                "billing@example.com",
                "--to",
                "ada@example.net",
                "--subject",
                "Your invoice",
                "--text",
                "Attached.");
        assertEquals(0, send.exit(), send::err);
        assertTrue(send.out().startsWith("accepted"), send::out);
        assertEquals(1, sandbox.mailbox("ada@example.net").size());
    }

    /** What runs the tests above is what it is said to be. */
    @ParameterizedTest
    @EnumSource
    void theRuntime(OldJava java) throws Exception {
        Path source = Files.writeString(
                folder.resolve("Version.java"),
                "public class Version { public static void main(String[] args) {"
                        + " System.out.print(System.getProperty(\"java.version\")); } }");
        Path classes = Compiled.into(folder.resolve("classes"), ClassPath.of(folder), false, source);
        String version =
                java.run(Map.of(), "-cp", classes.toString(), "Version").out();
        assertTrue(version.startsWith(java.version), version);
        System.out.println("Java " + version + ": the jars were run with it");
    }
}
