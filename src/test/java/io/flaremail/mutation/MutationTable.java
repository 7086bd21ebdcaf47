package io.flaremail.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What PIT's report says, as a table: for each package how many changes to the code the tests noticed. Run by
 * {@code mvn -Pmutation test}; ends with 1 when fewer than {@value #TARGET} % were.
 */
final class MutationTable {
    static final int TARGET = 93;

    /** What PIT calls detected. */
    private static final Set<String> DETECTED =
            Set.of("KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR", "NON_VIABLE");

    /** One change to the code. */
    record Mutant(String type, String method, String mutator, int line, String status, String description) {
        boolean isKilled() {
            return DETECTED.contains(status);
        }

        boolean isCovered() {
            return !status.equals("NO_COVERAGE");
        }

        String key() {
            return type + "#" + method + " " + mutator.replaceAll(".*\\.|Mutator$", "");
        }
    }

    private static final class Row {
        private int all;
        private int killed;
        private int survived;
        private int uncovered;
        private int equivalent;

        private void add(Mutant mutant, boolean isEquivalent) {
            all++;
            if (mutant.isKilled()) {
                killed++;
            } else if (isEquivalent) {
                equivalent++;
            } else if (mutant.isCovered()) {
                survived++;
            } else {
                uncovered++;
            }
        }

        private int percent() {
            return all == equivalent ? 0 : 100 * killed / (all - equivalent);
        }

        private String cells() {
            return "%7d | %6d | %8d | %11d | %10d | %5d %%"
                    .formatted(all, killed, survived, uncovered, equivalent, percent());
        }
    }

    private final Map<String, Row> rows = new TreeMap<>();
    private final Row whole = new Row();
    private final List<String> survivors = new ArrayList<>();
    private final Map<String, Integer> unmatched = new TreeMap<>();

    /**
     * @param equivalents lines {@code class#method mutator: reason}, one for each change, so that another one in the same
     *     method is not overlooked; empty lines and those with a hash first are comments
     */
    MutationTable(List<Mutant> mutants, List<String> equivalents) {
        equivalents.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> unmatched.merge(key(line), 1, Integer::sum));
        mutants.forEach(this::add);
    }

    private static String key(String line) {
        int end = line.indexOf(": ");
        if (end < 0 || line.substring(end + 2).isBlank()) {
            throw new IllegalArgumentException("An equivalent change without a reason: " + line);
        }
        return line.substring(0, end);
    }

    private void add(Mutant mutant) {
        boolean isEquivalent = !mutant.isKilled() && unmatched.containsKey(mutant.key());
        rows.computeIfAbsent(mutant.type().replaceAll("\\.[^.]*$", ""), any -> new Row())
                .add(mutant, isEquivalent);
        whole.add(mutant, isEquivalent);
        if (isEquivalent) {
            unmatched.computeIfPresent(mutant.key(), (key, count) -> count == 1 ? null : count - 1);
        } else if (!mutant.isKilled()) {
            survivors.add(mutant.key() + ", line " + mutant.line() + ": " + mutant.description()
                    + (mutant.isCovered() ? "" : ", no coverage"));
        }
    }

    /** Also false when nothing was mutated. */
    boolean isGood() {
        return whole.percent() >= TARGET;
    }

    /** What was not noticed, a line each: {@code class#method mutator, line n: change}, with a note if no test runs it. */
    List<String> survivors() {
        return survivors.stream().sorted().toList();
    }

    /** Lines of the list of equivalents that match no survivor any more. */
    List<String> stale() {
        return List.copyOf(unmatched.keySet());
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("""
                | package           | mutants | killed | survived | no coverage | equivalent | percent
                |-------------------|--------:|-------:|---------:|------------:|-----------:|-------:
                """);
        rows.forEach((name, row) -> table.append("| %-17s | %s%n".formatted(name, row.cells())));
        return table.append("| %-17s | %s%n".formatted("all", whole.cells())).toString();
    }

    static List<Mutant> read(InputStream report) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report);
        NodeList nodes = document.getElementsByTagName("mutation");
        List<Mutant> mutants = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element each = (Element) nodes.item(i);
            mutants.add(new Mutant(
                    text(each, "mutatedClass"),
                    text(each, "mutatedMethod"),
                    text(each, "mutator"),
                    Integer.parseInt(text(each, "lineNumber")),
                    each.getAttribute("status"),
                    text(each, "description")));
        }
        return mutants;
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    public static void main(String[] arguments) throws Exception {
        Path survivors = Path.of("target", "mutation-survivors.txt");
        MutationTable table = table();
        Files.write(survivors, table.survivors());
        System.out.println(table);
        System.out.println("Survivors: " + survivors);
        table.stale().forEach(line -> System.out.println("No survivor any more: " + line));
        if (!table.isGood()) {
            System.out.println("Fewer than " + TARGET + " % were killed.");
            System.exit(1);
        }
    }

    private static MutationTable table() throws Exception {
        List<Mutant> mutants = new ArrayList<>();
        for (Path report : reports()) {
            try (InputStream in = Files.newInputStream(report)) {
                mutants.addAll(read(in));
            }
        }
        return new MutationTable(mutants, equivalents());
    }

    /** One for each run of PIT. */
    private static List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "pit-reports"))) {
            return files.filter(file -> file.endsWith("mutations.xml")).toList();
        }
    }

    private static List<String> equivalents() throws IOException {
        return Files.readAllLines(Path.of("src", "mutation", "equivalents.txt"));
    }
}
