package io.flaremail.cli;

import io.flaremail.CloudflareProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds session properties that are nearly ours: nobody reads them, and nobody says so. */
final class Spelling {
    private Spelling() {}

    static void check(Settings settings, Diagnosis diagnosis) {
        if (!settings.file().isPresent()) {
            return;
        }
        int ours = 0;
        boolean misspelt = false;
        for (String key : new TreeSet<>(settings.properties().stringPropertyNames())) {
            if (KnownKeys.isKnown(key)) {
                ours++;
            } else if (concernsUs(key)) {
                misspelt = true;
                diagnosis.add(Finding.wrong("Properties", key + ": nobody reads this", remedy(key)));
            }
        }
        if (!misspelt) {
            diagnosis.add(Finding.ok("Properties", ours + " for this transport, none misspelt"));
        }
    }

    private static String remedy(String key) {
        if (key.equals(CloudflareProperty.PREFIX + "password")) {
            return "use mail.cloudflare.token; only sessions that a server makes, such as Payara's, know this";
        }
        if (key.startsWith("spring.")) {
            return "did you mean spring.mail.properties."
                    + key.substring(key.indexOf(".mail.", "spring.mail".length()) + 1) + "?";
        }
        return nearest(key, KnownKeys.all())
                .map(known -> "did you mean " + known + "?")
                .orElse("remove it; README lists the options");
    }

    private static boolean concernsUs(String key) {
        String[] parts = key.split("\\.", 3);
        boolean alike = parts.length == 3 && distance(parts[1].toLowerCase(Locale.ROOT), "cloudflare") <= 3;
        return parts[0].equals("mail") && (alike || key.startsWith("mail.transport."))
                || key.toLowerCase(Locale.ROOT).startsWith(CloudflareProperty.PREFIX)
                || !parts[0].equals("mail") && isStray(key);
    }

    static Optional<String> nearest(String key, List<String> known) {
        List<String> sorted = new ArrayList<>(known);
        Collections.sort(sorted, Comparator.comparingInt(each -> distance(key, each)));
        String best = sorted.get(0);
        return isNear(key, best) ? Optional.of(best) : Optional.empty();
    }

    /** Four letters are a slip in a long name; in a short one they are another name. */
    private static boolean isNear(String key, String known) {
        int own =
                known.substring(known.indexOf('.', known.indexOf('.') + 1) + 1).length();
        int distance = distance(key, known);
        return distance <= 4 && 2 * distance < own;
    }

    /** Whether a key that does not begin with "mail." was most likely meant to. */
    static boolean isStray(String key) {
        return KnownKeys.all().stream()
                .anyMatch(known -> distance(key, known) <= 2 || key.startsWith("spring.") && key.endsWith("." + known));
    }

    /** How many letters to put in, take out, change or swap with their neighbour, whatever their case. */
    static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                steps[i][j] = i == 0 ? j : j == 0 ? i : cheapest(one, other, steps, i, j);
            }
        }
        return steps[one.length()][other.length()];
    }

    private static int cheapest(String one, String other, int[][] steps, int i, int j) {
        boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        int best = steps[i - 1][j - 1] + (same ? 0 : 1);
        best = Math.min(best, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
