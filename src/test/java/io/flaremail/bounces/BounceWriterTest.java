package io.flaremail.bounces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.api.DeliveryEvent.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BounceWriterTest {
    private static final String[] KINDS = {
        "delivered", "deferred", "bounced", "failed", "rejected", "complained", "opened"
    };

    private final List<String> delivered = new ArrayList<>();
    private final BounceTarget target =
            report -> delivered.add(new String(report.getMessage(), StandardCharsets.US_ASCII));

    private List<String> kindsOf(BounceWriter writer) throws IOException {
        List<String> written = new ArrayList<>();
        for (String kind : KINDS) {
            int before = delivered.size();
            writer.handle(Events.event(kind, "a@example.org", null, ""));
            if (delivered.size() > before) {
                written.add(kind);
            }
        }
        return written;
    }

    @Test
    void whatIsReported() throws Exception {
        BounceWriter writer = new BounceWriter(target, MessageIds.none());
        assertEquals(List.of("bounced", "failed", "rejected", "complained"), kindsOf(writer));
        assertEquals(List.of("deferred"), kindsOf(writer.kinds(EnumSet.of(Kind.DEFERRED, Kind.DELIVERED))));
    }

    @Test
    void theApplicationsIdIsNamed() throws Exception {
        MessageIds ids = new MessageIds() {
            @Override
            public void add(String serviceId, String originalId) {}

            @Override
            public Optional<String> find(String serviceId) {
                return Optional.of("<own of " + serviceId.substring(1));
            }
        };
        new BounceWriter(target, ids).handle(Events.bounce("a@example.org"));
        assertTrue(delivered.get(0).contains("\r\nMessage-ID: <own of service-id@example.com>\r\n"), delivered.get(0));
        assertTrue(delivered.get(0).contains("\r\nIn-Reply-To: <own of service-id@example.com>\r\n"));
    }

    /** Then the event is not acknowledged, and comes again. */
    @Test
    void aTargetThatFails() {
        BounceWriter writer = new BounceWriter(
                report -> {
                    throw new IOException("disk full");
                },
                MessageIds.none());
        assertThrows(IOException.class, () -> writer.handle(Events.bounce("a@example.org")));
    }
}
