package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the manifests tell an OSGi framework. */
class OsgiHeadersIT {
    @ParameterizedTest
    @EnumSource
    void onlyTheTwoPublicRoomsAreExported(DropInJar jar) throws Exception {
        Attributes headers = headers(jar);
        String name = jar == DropInJar.THIN
                ? "io.flaremail"
                : "io.flaremail." + jar.name().toLowerCase(Locale.ROOT);
        assertEquals(name, headers.getValue("Bundle-SymbolicName"));
        assertTrue(headers.getValue("Bundle-Version").matches("\\d+\\.\\d+\\.\\d+(\\.SNAPSHOT)?"));
        String exports = headers.getValue("Export-Package");
        assertEquals(
                Set.of("io.flaremail", "io.flaremail.api", "io.flaremail.bounces", "io.flaremail.dns"),
                packages(exports));
        assertTrue(exports.matches("io.flaremail;version=\"[\\d.]+\".*io.flaremail.api;version=.*"), exports);
    }

    /** Of what the classes refer to, all that is not inside, and SMTP's exceptions and the transports that ours extend. */
    @ParameterizedTest
    @EnumSource(names = {"API_2_1_5_ANGUS_2_0_5", "JAVAX_1_6"})
    void whatIsNotInsideIsImported(MailImplementation mail) throws Exception {
        Set<String> needed = referred(mail);
        needed.add("com.sun.mail.smtp");
        needed.add(
                mail.isJavax()
                        ? "org.apache.geronimo.javamail.transport.smtp"
                        : "org.apache.geronimo.mail.transport.smtp");
        if (!mail.isJavax()) {
            needed.add("org.eclipse.angus.mail.smtp");
        }
        assertEquals(needed, packages(headers(mail.dropIn()).getValue("Import-Package")));
    }

    private static Attributes headers(DropInJar jar) throws Exception {
        try (JarFile file = new JarFile(jar.path().toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    private static Set<String> packages(String header) {
        return Pattern.compile(",")
                .splitAsStream(header.replaceAll("\"[^\"]*\"", ""))
                .map(clause -> clause.split(";")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> referred(MailImplementation mail) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        jdeps.run(
                out,
                out,
                "--multi-release",
                "base",
                "-verbose:package",
                "-cp",
                mail.classPath().toString(),
                mail.dropIn().path().toString());
        return Pattern.compile("^ +\\S+ +-> (\\S+) +(?!not found)\\S+", Pattern.MULTILINE)
                .matcher(said.toString())
                .results()
                .map(match -> match.group(1))
                .filter(name ->
                        name.matches("[a-z].*\\..*") && !name.matches("(java|io\\.flaremail)\\..*|io.flaremail"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
