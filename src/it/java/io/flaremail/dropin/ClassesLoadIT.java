package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each class of the drop-in jars can be loaded, with all that its signatures name, beside each mail implementation. */
class ClassesLoadIT {
    /** HttpClient's, for encodings of answers that nobody asks for; it looks first whether they can be had. */
    private static final String COMPRESS =
            "io.flaremail.inside.hc.client5.http.entity.compress.CommonsCompressCodecFactory";

    private static final String BROTLI = "io.flaremail.inside.hc.client5.http.entity.compress.BrotliCodecFactory";

    /** These would use a fast parser for numbers of 500 digits and more, which Json does not read. */
    private static final Set<String> LONG_NUMBERS = Set.of(
            "io.flaremail.inside.jackson.core.io.BigDecimalParser",
            "io.flaremail.inside.jackson.core.io.BigIntegerParser",
            "io.flaremail.inside.jackson.core.io.NumberInput");

    /** Is faster where the mail API has LineOutputStream, which came with 2.1; asked for by LineStreams only. */
    private static final String LINES = "io.flaremail.JsonLineStream";

    /** The form jar's transports, each of which extends that of another SMTP provider. */
    private static final Set<String> FORMS = Set.of(
            "io.flaremail.SmtpFormTransport",
            "io.flaremail.CloudflareSmtpTransport",
            "io.flaremail.SunFormTransport",
            "io.flaremail.GeronimoFormTransport");

    private static Set<String> mayBeMissing(MailImplementation mail) {
        Set<String> missing = new HashSet<>(FORMS);
        missing.add(COMPRESS);
        if (mail.isJavax()) {
            missing.remove("io.flaremail.SunFormTransport"); // it is not in the javax jar
        }
        switch (mail) {
            case JAKARTA_2_0 -> {
                missing.remove("io.flaremail.SunFormTransport");
                missing.add(LINES);
            }
            case GERONIMO_2_1 -> {
                missing.remove("io.flaremail.GeronimoFormTransport");
                missing.add(LINES);
            }
            case GERONIMO_1_6 -> missing.remove("io.flaremail.GeronimoFormTransport");
            default ->
                missing.removeAll(Set.of("io.flaremail.SmtpFormTransport", "io.flaremail.CloudflareSmtpTransport"));
        }
        return missing;
    }

    @ParameterizedTest
    @EnumSource
    void everyClassLoadsButThoseThatMayBeMissing(MailImplementation mail) throws Exception {
        Map<String, String> failed = new TreeMap<>();
        try (World world =
                Layout.MAIL_FIRST.world(mail, ClassPath.of(mail.dropIn().path()))) {
            for (String name : classes(mail.dropIn())) {
                String missing = missing(name, world.application());
                if (missing != null) {
                    failed.put(name, missing);
                }
            }
        }
        assertEquals(mayBeMissing(mail), failed.keySet(), failed::toString);
    }

    private static List<String> classes(DropInJar jar) throws Exception {
        try (JarFile file = new JarFile(jar.path().toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .toList();
        }
    }

    /** What keeps this class from loading, or null. */
    private static String missing(String name, ClassLoader loader) throws ClassNotFoundException {
        try {
            Class<?> type = Class.forName(name, false, loader);
            type.getDeclaredMethods();
            type.getDeclaredConstructors();
            type.getDeclaredFields();
            return null;
        } catch (LinkageError unloadable) {
            return unloadable.getMessage();
        }
    }

    /** Also what methods refer to: it is in the jar, in the JDK, or in the mail jars. */
    @ParameterizedTest
    @EnumSource(names = {"API_2_1_5_ANGUS_2_0_5", "JAVAX_1_6"})
    void nothingElseIsReferredTo(MailImplementation mail) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        String[] args = {
            "--missing-deps",
            "--multi-release",
            "base",
            "-cp",
            mail.classPath().toString(),
            mail.dropIn().path().toString()
        };
        assertEquals(0, ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, args), said::toString);
        Set<String> referring = said.toString()
                .lines()
                .filter(line -> line.startsWith(" "))
                .map(line -> line.strip().split(" ")[0])
                .collect(Collectors.toSet());
        Set<String> expected = new HashSet<>(LONG_NUMBERS);
        expected.addAll(Set.of(COMPRESS, BROTLI, "io.flaremail.GeronimoFormTransport"));
        if (!mail.isJavax()) {
            expected.add("io.flaremail.SunFormTransport");
        }
        assertEquals(expected, referring, said::toString);
    }
}
