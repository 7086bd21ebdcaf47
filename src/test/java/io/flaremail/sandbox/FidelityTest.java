package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/sandbox-fidelity.md: rendered from {@link Behavior}, complete, and true of ordinary and strict sandboxes. */
@Timeout(60)
class FidelityTest {
    private static final Path PAGE = Path.of("docs/sandbox-fidelity.md");
    private static final String BEGIN = "<!-- behaviors -->\n";
    private static final String END = "<!-- /behaviors -->";
    private static final Map<Behavior, Check> CHECKS = new LinkedHashMap<>();

    static {
        CommonChecks.addTo(CHECKS);
        SendingChecks.addTo(CHECKS);
        BuilderChecks.addTo(CHECKS);
        DomainChecks.addTo(CHECKS);
        SuppressionChecks.addTo(CHECKS);
        QueueChecks.addTo(CHECKS);
        EventChecks.addTo(CHECKS);
    }

    static List<Behavior> behaviors() {
        return Behavior.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviors")
    void theSandboxBehavesAsTheRowSays(Behavior behavior) throws Exception {
        Fact fact = behavior.fact();
        Set<String> endpoints = new TreeSet<>();
        Set<ApiError> errors = EnumSet.noneOf(ApiError.class);
        for (boolean strict : new boolean[] {false, true}) {
            try (Probe api = Probe.start(strict)) {
                CHECKS.get(behavior).run(api);
                endpoints.addAll(api.endpoints());
                errors.addAll(api.errors());
                assertEquals(fact.strict() != null, api.wasAskedForStrictness(), "what differs is in the row");
            }
        }
        assertTrue(endpoints.containsAll(fact.endpoints()), () -> "asked only " + endpoints);
        assertTrue(errors.containsAll(fact.errors()), () -> "met only " + errors);
    }

    @Test
    void eachRowHasACheck() {
        assertEquals(names(Behavior.all()), names(CHECKS.keySet()));
        assertTrue(CHECKS.size() > 100, CHECKS.size() + " rows");
    }

    private static Set<String> names(Collection<Behavior> behaviors) {
        return behaviors.stream()
                .map(each -> each.getClass().getSimpleName() + "." + each.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachEndpointHasARow() {
        Set<String> rows = Behavior.all().stream()
                .flatMap(behavior -> behavior.fact().endpoints().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        try (Sandbox sandbox = Sandbox.start()) {
            assertEquals(new TreeSet<>(Probe.routes(sandbox)), rows);
        }
    }

    @Test
    void eachErrorHasARow() {
        Set<ApiError> rows = Behavior.all().stream()
                .flatMap(behavior -> behavior.fact().errors().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ApiError.class)));
        assertEquals(EnumSet.allOf(ApiError.class), rows);
    }

    @Test
    void thePageIsRenderedFromTheBehaviors() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page.substring(0, from) + tables() + page.substring(to));
            page = Files.readString(PAGE);
            to = page.indexOf(END);
        }
        assertEquals(tables(), page.substring(from, to), "-Dgolden.write=true writes it");
    }

    private static String tables() {
        Map<Class<?>, List<Behavior>> groups = new LinkedHashMap<>();
        Behavior.all()
                .forEach(each -> groups.computeIfAbsent(each.getClass(), type -> new ArrayList<>())
                        .add(each));
        Map<Class<?>, String> titles = Map.of(
                CommonBehavior.class, "All requests",
                SendingBehavior.class, "Whole messages, and the quota",
                BuilderBehavior.class, "Messages that the service composes",
                DomainBehavior.class, "Zones, sending domains and DNS",
                SuppressionBehavior.class, "Suppressions",
                QueueBehavior.class, "Queues",
                EventBehavior.class, "Delivery events and analytics");
        assertEquals(titles.keySet(), groups.keySet());
        return groups.entrySet().stream()
                .map(group -> "\n## " + titles.get(group.getKey())
                        + "\n\n| endpoint | behaviour | known | with `--strict` |\n|---|---|---|---|\n"
                        + group.getValue().stream().map(FidelityTest::row).collect(Collectors.joining()))
                .collect(Collectors.joining("", "", "\n"));
    }

    private static String row(Behavior behavior) {
        Fact fact = behavior.fact();
        String endpoints = fact.endpoints().isEmpty()
                ? "all"
                : fact.endpoints().stream()
                        .map(each -> "`" + each.replace("/accounts/{account}", "") + "`")
                        .collect(Collectors.joining("<br>"));
        String codes = fact.errors().stream()
                .map(error -> error.status() + "/" + error.code())
                .collect(Collectors.joining(", ", " (", ")"))
                .replace(" ()", "");
        boolean strict = fact.strict() != null;
        return "| " + endpoints + " | " + fact.sentence() + (strict ? "" : codes) + " | "
                + fact.evidence().word() + " |" + (strict ? " " + fact.strict() + codes : "") + " |\n";
    }
}
