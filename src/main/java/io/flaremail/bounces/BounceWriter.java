package io.flaremail.bounces;

import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.EventHandler;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a report of each bounce, failure, rejection and complaint to a target. Delays are reported on request;
 * deliveries never.
 *
 * <p>Tests: BounceWriterTest.
 */
public final class BounceWriter implements EventHandler {
    private final BounceTarget target;
    private final MessageIds ids;
    private final Set<DeliveryEvent.Kind> kinds;

    /** @param ids see {@link MessageIds#none()} */
    public BounceWriter(BounceTarget target, MessageIds ids) {
        this(
                Objects.requireNonNull(target, "target"),
                Objects.requireNonNull(ids, "ids"),
                EnumSet.of(
                        DeliveryEvent.Kind.BOUNCED,
                        DeliveryEvent.Kind.FAILED,
                        DeliveryEvent.Kind.REJECTED,
                        DeliveryEvent.Kind.COMPLAINED));
    }

    private BounceWriter(BounceTarget target, MessageIds ids, Set<DeliveryEvent.Kind> kinds) {
        this.target = target;
        this.ids = ids;
        this.kinds = kinds;
    }

    /** Reports these kinds instead; {@link DeliveryEvent.Kind#DELIVERED} and unknown ones have no report. */
    public BounceWriter kinds(Set<DeliveryEvent.Kind> chosen) {
        return new BounceWriter(target, ids, EnumSet.copyOf(chosen));
    }

    @Override
    public void handle(DeliveryEvent event) throws IOException {
        if (kinds.contains(event.getKind())) {
            Optional<BounceReport> report = BounceReport.of(event, ids.find(event.getMessageId()), Instant.now());
            if (report.isPresent()) {
                target.deliver(report.get());
            }
        }
    }
}
