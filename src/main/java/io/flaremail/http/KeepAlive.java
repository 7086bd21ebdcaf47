package io.flaremail.http;

import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHeaderElementIterator;
import org.apache.hc.core5.util.TimeValue;

/**
 * How long a server keeps an idle connection, as its {@code Keep-Alive} field announces (RFC 2068 section 19.7.1.1). A
 * request on a connection that is being closed has an unknown outcome, so the connection is dropped a little earlier.
 *
 * <p>Tests: KeepAliveTest.
 */
final class KeepAlive {
    private static final long LARGEST_MARGIN_MILLIS = 1000;
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final long idleMillis;
    private final boolean last;

    private KeepAlive(long idleMillis, boolean last) {
        this.idleMillis = idleMillis;
        this.last = last;
    }

    static KeepAlive of(HttpResponse response) {
        long seconds = UNLIMITED;
        boolean last = false;
        BasicHeaderElementIterator elements = new BasicHeaderElementIterator(response.headerIterator("Keep-Alive"));
        while (elements.hasNext()) {
            HeaderElement element = elements.next();
            if ("timeout".equalsIgnoreCase(element.getName())) {
                seconds = Math.min(seconds, number(element.getValue()));
            } else if ("max".equalsIgnoreCase(element.getName())) {
                last |= number(element.getValue()) == 0;
            }
        }
        return new KeepAlive(seconds == UNLIMITED ? UNLIMITED : withoutMargin(seconds), last);
    }

    /** A malformed number means no limit. */
    private static long number(String value) {
        return value != null && value.matches("\\d{1,9}") ? Long.parseLong(value) : UNLIMITED;
    }

    private static long withoutMargin(long seconds) {
        long millis = TimeUnit.SECONDS.toMillis(seconds);
        return millis - Math.min(LARGEST_MARGIN_MILLIS, millis / 2);
    }

    /** Whether a further request may use the connection. */
    boolean allowsReuse() {
        return !last && idleMillis > 0;
    }

    /** How long the connection may be idle before a further request: as announced, but at most this long. */
    TimeValue atMost(TimeValue idle) {
        return idleMillis < idle.toMilliseconds() ? TimeValue.ofMilliseconds(idleMillis) : idle;
    }
}
