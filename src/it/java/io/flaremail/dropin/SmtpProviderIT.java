package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.SandboxExtension;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application uses the SMTP provider's own classes: its SMTPMessage says who sends it, and its exceptions are chained,
 * whichever provider it is and wherever our jar is.
 */
@Timeout(300)
class SmtpProviderIT {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    private static final List<Object> GAP = List.of(MailImplementation.API_2_1_4_ANGUS_2_0_5, Layout.PARENT);

    static Stream<Object[]> everywhere() {
        return Stream.of(MailImplementation.values())
                .flatMap(mail -> Stream.of(Layout.MAIL_FIRST, Layout.PARENT).map(layout -> new Object[] {mail, layout}))
                .filter(each -> !GAP.equals(List.of(each)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void envelopeSenderAndExceptionsAreTheProviders(MailImplementation mail, Layout layout) throws Exception {
        ClassPath ours = application(mail, mail.classPath()).and(mail.dropIn().path());
        try (World world = layout.world(mail, ours)) {
            run(world, mail);
        }
    }

    /** The server has the mail API and our jar, the application an SMTP provider of its own. */
    @Test
    void theProviderIsInTheApplicationOnly() throws Exception {
        MailImplementation mail = MailImplementation.API_2_1_5_ANGUS_2_0_5;
        ClassPath server =
                mail.classPath().without("angus-mail").and(mail.dropIn().path());
        ClassPath angus = ClassPath.only("org.eclipse.angus:angus-mail:2.0.5");
        URLClassLoader parent = server.loader();
        try (World world =
                new World(mail, application(mail, mail.classPath()).and(angus).loader(parent), parent)) {
            run(world, mail);
        }
    }

    private static void run(World world, MailImplementation mail) throws Exception {
        world.main("example.UsesSmtp", MailProperties.of(sandbox, mail));
        assertEquals(
                List.of("bounces@example.com", "billing@example.com"),
                sandbox.accepted().stream().map(Accepted::from).toList());
        assertEquals(
                List.of("ada@example.org", "bounce@example.org"),
                sandbox.accepted().get(0).recipients());
    }

    private ClassPath application(MailImplementation mail, ClassPath classPath) throws Exception {
        String source = Files.readString(Path.of("src/it/apps/UsesSmtp.java"))
                .replace("org.eclipse.angus.mail.smtp", mail.smtpPackage())
                .replace("jakarta.mail", mail.api());
        Path file = Files.writeString(folder.resolve("UsesSmtp.java"), source);
        return ClassPath.of(Compiled.into(folder.resolve("classes"), classPath, false, file));
    }
}
