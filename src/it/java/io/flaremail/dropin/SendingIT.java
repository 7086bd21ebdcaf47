package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that knows only the mail API sends through the shipped jar, by configuration alone. */
@Timeout(300)
class SendingIT {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    /** The one combination in which nothing finds us; see RegistrationMatrixIT. */
    private static final List<Object> GAP = List.of(MailImplementation.API_2_1_4_ANGUS_2_0_5, Layout.PARENT);

    static Stream<Object[]> everywhere() {
        return Stream.of(MailImplementation.values())
                .flatMap(mail -> Stream.of(Layout.values()).map(layout -> new Object[] {mail, layout}))
                .filter(each -> !GAP.equals(List.of(each)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void anApplicationSends(MailImplementation mail, Layout layout) throws Exception {
        ClassPath ours = Application.compile(mail, folder).and(mail.dropIn().path());
        try (World world = layout.world(mail, ours)) {
            world.main(Application.NAME, properties(mail));
        }
        assertSent();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsPrinted(MailImplementation mail) throws Exception {
        ClassPath all = Application.compile(mail, folder)
                .and(mail.classPath())
                .and(mail.dropIn().path());
        List<String> command = new ArrayList<>(List.of("-cp", all.toString(), Application.NAME));
        command.addAll(properties(mail));
        assertEquals(new Jvm(0, "", ""), Jvm.run(command.toArray(String[]::new)));
        assertSent();
    }

    private static List<String> properties(MailImplementation mail) {
        return MailProperties.of(sandbox, mail);
    }

    private static void assertSent() {
        assertEquals(1, sandbox.accepted().size());
        String mime = new String(sandbox.accepted().get(0).mime(), StandardCharsets.UTF_8);
        assertTrue(mime.contains("Subject: Your invoice\r\n") && mime.endsWith("\r\n\r\nAttached.\r\n"), mime);
    }
}
