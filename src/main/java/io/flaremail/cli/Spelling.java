package io.flaremail.cli;

import io.flaremail.SessionSettings;
import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.PropertySpelling;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Finds misspelled session properties, which Jakarta Mail ignores silently. */
final class Spelling {
    private Spelling() {}

    static void check(Settings settings, Diagnosis diagnosis) {
        if (!settings.file().isPresent()) {
            return;
        }
        int ours = 0;
        boolean misspelt = false;
        for (String key : new TreeSet<>(settings.properties().stringPropertyNames())) {
            if (PropertySpelling.isKnown(key)) {
                ours++;
            } else if (concernsUs(key)) {
                misspelt = true;
                diagnosis.add(Finding.wrong("Properties", key + ": unknown property", remedy(key)));
            }
        }
        List<String> malformed = SessionSettings.malformed(settings.properties());
        malformed.forEach(
                each -> diagnosis.add(Finding.wrong("Properties", each, "correct it: connect would fail with this")));
        if (!misspelt && malformed.isEmpty()) {
            diagnosis.add(Finding.ok("Properties", ours + " for this transport, all known"));
        }
    }

    /** Reports placeholders without a value. */
    static void unresolved(Settings settings, Diagnosis diagnosis) {
        settings.unresolved().forEach((key, names) -> {
            String name = names.iterator().next();
            diagnosis.add(Finding.wrong(
                    "Properties",
                    key + ": cannot resolve ${" + name + "}",
                    "set it as the application does: in the environment, or as a key of the file"));
        });
    }

    private static String remedy(String key) {
        if (key.equals(CloudflareProperty.PREFIX + "password")) {
            return "use mail.cloudflare.token; only sessions created by a server, such as Payara, know this key";
        }
        if (key.startsWith("spring.")) {
            return "did you mean spring.mail.properties."
                    + key.substring(key.indexOf(".mail.", "spring.mail".length()) + 1) + "?";
        }
        return PropertySpelling.suggestion(key)
                .map(known -> "did you mean " + known + "?")
                .orElse("remove it; docs/options.md lists the options");
    }

    private static boolean concernsUs(String key) {
        String[] parts = key.split("\\.", 3);
        boolean alike =
                parts.length == 3 && PropertySpelling.distance(parts[1].toLowerCase(Locale.ROOT), "cloudflare") <= 3;
        return parts[0].equals("mail") && (alike || key.startsWith("mail.transport."))
                || key.toLowerCase(Locale.ROOT).startsWith(CloudflareProperty.PREFIX)
                || !parts[0].equals("mail") && isStray(key);
    }

    /** Whether a key that does not begin with "mail." was most likely meant to. */
    static boolean isStray(String key) {
        return PropertySpelling.known().stream()
                .anyMatch(known -> PropertySpelling.distance(key, known) <= 2
                        || key.startsWith("spring.") && key.endsWith("." + known));
    }
}
