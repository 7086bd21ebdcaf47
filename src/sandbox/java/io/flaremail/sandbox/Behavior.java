package io.flaremail.sandbox;

import java.util.List;
import java.util.stream.Stream;

/**
 * A behaviour of the simulated API: a row of {@code docs/sandbox-fidelity.md}. Each has a check that asks a running sandbox.
 * Where a strict sandbox differs, the code asks {@link Settings#isStrict}.
 */
interface Behavior {
    String name();

    Fact fact();

    /** In the order of the page. */
    static List<Behavior> all() {
        return Stream.<Behavior[]>of(
                        CommonBehavior.values(),
                        SendingBehavior.values(),
                        BuilderBehavior.values(),
                        DomainBehavior.values(),
                        SuppressionBehavior.values(),
                        QueueBehavior.values(),
                        EventBehavior.values())
                .flatMap(Stream::of)
                .toList();
    }
}
