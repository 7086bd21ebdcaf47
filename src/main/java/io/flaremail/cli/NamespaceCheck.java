package io.flaremail.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks that every Flaremail jar on the class path is for the mail API that is there: the names of their packages differ,
 * and the wrong jar ends in a {@code NoClassDefFoundError}. Needs no mail API.
 */
final class NamespaceCheck {
    /** Not as a class: it cannot be loaded without its mail API. */
    private static final String OURS = "io/flaremail/CloudflareTransport.class";

    private NamespaceCheck() {}

    /** The two mail APIs. Names are put together when needed: building the javax jar renames those in constants. */
    private enum Api {
        JAKARTA,
        JAVAX;

        /** What the names of its classes begin with in a class file. */
        String folder() {
            return name().toLowerCase(Locale.ROOT) + "/mail/";
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT) + ".mail";
        }
    }

    /** @return false if a jar is wrong */
    static boolean run(Diagnosis diagnosis) {
        List<Finding> wrong = wrongJars();
        wrong.forEach(diagnosis::add);
        return wrong.isEmpty();
    }

    /** What to do about a class of the mail API that was not found. */
    static Optional<String> advice() {
        return wrongJars().stream().findFirst().map(finding -> finding.text + ": " + finding.remedy);
    }

    private static List<Finding> wrongJars() {
        List<Api> present = Arrays.stream(Api.values())
                .filter(api -> loader().getResource(api.folder() + "Session.class") != null)
                .collect(Collectors.toList());
        List<Finding> wrong = new ArrayList<>();
        for (URL each : transports()) {
            Optional<Api> needed = needs(each);
            if (needed.isPresent() && present.size() == 1 && !present.contains(needed.get())) {
                wrong.add(wrong(each, needed.get(), present.get(0)));
            }
        }
        return wrong;
    }

    private static Finding wrong(URL transport, Api needed, Api present) {
        String version = Jar.version(NamespaceCheck.class).orElse("VERSION");
        String right = "flaremail-" + version + (present == Api.JAVAX ? "-javax.jar" : "-all.jar");
        return Finding.wrong(
                "Mail",
                Jar.of(transport) + " is for " + needed + ", but the class path has " + present,
                "use " + right + " instead");
    }

    private static List<URL> transports() {
        try {
            return Collections.list(loader().getResources(OURS));
        } catch (IOException e) {
            return Collections.emptyList();
        }
    }

    /** The mail API that a transport's class refers to. */
    private static Optional<Api> needs(URL transport) {
        try (InputStream in = transport.openStream()) {
            String constants = new String(Input.bytes(in, "class"), StandardCharsets.ISO_8859_1);
            return Arrays.stream(Api.values())
                    .filter(api -> constants.contains(api.folder()))
                    .findFirst();
        } catch (IOException | CliException e) {
            return Optional.empty();
        }
    }

    private static ClassLoader loader() {
        return NamespaceCheck.class.getClassLoader();
    }
}
