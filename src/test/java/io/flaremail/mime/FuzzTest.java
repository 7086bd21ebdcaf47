package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Mutates the octets and the structure of messages. A rewritten message has the same parts, leaves and fields for
 * Jakarta Mail, is UTF-8, does not change when rewritten again, and has no new line that starts with a delimiter.
 *
 * <p>The number of cases and the seed can be chosen:
 * {@code mvn test -Dtest=FuzzTest -Dfuzz.cases=1000000 -Dfuzz.seed=1}. Case {@code n} has the seed
 * {@code fuzz.seed + n}, so a failure that prints 4711 is repeated with {@code -Dfuzz.seed=4711 -Dfuzz.cases=1}.
 */
class FuzzTest {
    private static final long CASES = Long.getLong("fuzz.cases", 2000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261125);
    private static final Path COUNTS = Path.of("target", "fuzz.txt");
    private static final int LONGEST = 20_000;
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary\\s*=\\s*(?:\"([^\"\r\n]+)\"|([^\";\\s(]+))");

    @Test
    void noMutantIsDamaged() throws Exception {
        List<Corpora.Sample> samples = Corpora.messages().stream()
                .filter(sample -> sample.bytes().length < LONGEST)
                .toList();
        var outcomes = new TreeMap<String, Integer>();
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            byte[] mutant = MessageMutator.mutant(samples, new Random(seed));
            try {
                outcomes.merge(outcome(mutant, "fuzz.seed " + seed), 1, Integer::sum);
            } catch (Throwable e) {
                throw new AssertionError(
                        "repeat with -Dfuzz.cases=1 -Dfuzz.seed=" + seed + "\n" + Rewrites.text(mutant, 0), e);
            }
        }
        Files.writeString(COUNTS, CASES + " mutants through the rewriter, from seed " + SEED + ": " + outcomes + "\n");
        assertTrue(
                CASES < 1000 || outcomes.keySet().containsAll(List.of("refused", "rewritten", "untouched")),
                outcomes + "");
    }

    private static String outcome(byte[] mutant, String about) throws Exception {
        byte[] rewritten = Rewrites.checkOutput(mutant, about);
        if (rewritten == null) {
            return "refused";
        }
        if (!isReadable(mutant)) {
            return "unreadable";
        }
        Rewrites.checkWhereClear(mutant, about);
        assertNoNewDelimiters(Rewrites.text(mutant, 0), Rewrites.text(rewritten, 0), about);
        return rewritten == mutant ? "untouched" : "rewritten";
    }

    /** Jakarta Mail fails at a header that starts with a continuation line. */
    private static boolean isReadable(byte[] message) throws Exception {
        try {
            AsJakartaReads.lines(message);
            return true;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** No delimiter line is new, and the lines that start with a delimiter do not become more. */
    private static void assertNoNewDelimiters(String before, String after, String about) {
        BOUNDARY.matcher(before).results().forEach(found -> {
            String delimiter = "--" + (found.group(1) == null ? found.group(2) : found.group(1));
            List<String> likeIt = lines(after, delimiter);
            assertTrue(
                    likeIt.size() <= lines(before, delimiter).size(),
                    "a new line with " + delimiter + ": " + likeIt + ", " + about);
            likeIt.removeIf(line -> !line.substring(delimiter.length()).matches("(--)?[ \t]*"));
            lines(before, delimiter).forEach(likeIt::remove);
            assertTrue(likeIt.isEmpty(), "new delimiters: " + likeIt + ", " + about);
        });
    }

    private static List<String> lines(String message, String start) {
        return message.lines().filter(line -> line.startsWith(start)).collect(Collectors.toList());
    }
}
