package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code doctor --smtp} with an application's class path: who serves "smtp", and what to do if it is not the form jar. */
@Timeout(300)
class DoctorSmtpIT {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JAVAX_1_4             | form, mail | --smtp                  | 0 | smtp to api.cloudflare.com goes to Cloudflare: ok
            JAVAX_1_4             | form, mail | --smtp=mail.example.com | 0 | smtps to mail.example.com goes to com.sun.mail.smtp.SMTPTransport of javax.mail-1.4.7: ok
            API_2_1_5_ANGUS_2_0_5 | mail, form | --smtp                  | 0 | smtp to api.cloudflare.com goes to Cloudflare: ok
            JAKARTA_2_0           | mail, form | --smtp=localhost        | 0 | smtp to localhost goes to com.sun.mail.smtp.SMTPTransport of jakarta.mail-2.0.1: ok
            GERONIMO_2_1          | mail, form | --smtp                  | 0 | smtp to api.cloudflare.com goes to Cloudflare: ok
            API_2_1_5_ANGUS_2_0_5 | mail, form | --smtp=API.cloudflare.com. | 0 | smtps to API.cloudflare.com. goes to Cloudflare: ok
            JAVAX_1_6             | mail, form | --smtp                  | 1 | smtp is com.sun.mail.smtp.SMTPTransport of javax.mail-1.6.2 -> put both jars before the mail jars on the class path, or see "Which transport handles smtp" in META-INF-services-notes.md
            API_2_1_5_ANGUS_2_0_5 | form       | --smtp                  | 1 | found no mail API, jakarta.mail or javax.mail, on the class path
            API_2_1_5_ANGUS_2_0_5 | mail       | --smtp                  | 1 | smtp is org.eclipse.angus.mail.smtp.SMTPTransport of angus-mail-2.0.5 -> put flaremail-VERSION-smtp.jar on the class path
            """)
    void saysWhoServesSmtp(MailImplementation mail, String order, String option, int exit, String expected)
            throws Exception {
        ClassPath all = ClassPath.of(mail.dropIn().path());
        for (String jars : order.split(", ")) {
            ClassPath more = jars.equals("mail") ? mail.classPath() : ClassPath.of(DropInJar.form());
            // Before the mail jars or after them, the two jars are together.
            all = jars.equals("mail") && order.startsWith("mail") ? more.and(all) : all.and(more);
        }
        Jvm doctor = doctor(all, option);
        assertEquals(exit, doctor.exit(), doctor::out);
        String version = DropInJar.ALL.path().getFileName().toString().replaceAll("flaremail-|-all\\.jar", "");
        String out = doctor.out().replaceAll("\\s+", " ");
        assertTrue(out.contains(expected.replace("VERSION", version)), out);
    }

    private static Jvm doctor(ClassPath classPath, String option) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "-cp",
                classPath.toString(),
                "io.flaremail.cli.Main",
                "doctor",
                "--no-color",
                "--account=" + sandbox.account(),
                "--token=" + sandbox.token(),
                "--endpoint=" + sandbox.endpoint(),
                option));
        return Jvm.run(command.toArray(String[]::new));
    }
}
