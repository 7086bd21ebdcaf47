package io.flaremail.cli;

import java.time.Duration;
import java.util.Optional;

/** Checks the clock of this machine against the {@code Date} of the API's responses. */
final class ClockCheck {
    /** Less may be the network. Cloudflare has been seen to lose a message whose Date was seven minutes ahead. */
    private static final Duration MOST = Duration.ofMinutes(5);

    private ClockCheck() {}

    /** Adds no finding if no response had a date. */
    static void run(ApiLog log, Diagnosis diagnosis) {
        Optional<Duration> error = log.clockError();
        if (!error.isPresent()) {
            return;
        }
        Duration size = error.get().abs();
        diagnosis.add(
                size.compareTo(MOST) > 0
                        ? Finding.wrong(
                                "Clock",
                                "the clock of this machine is " + text(size)
                                        + (error.get().isNegative() ? " behind" : " ahead of") + " Cloudflare's",
                                "set the clock, for example with NTP: messages with a Date in the future may be lost")
                        : Finding.ok("Clock", "agrees with Cloudflare's"));
    }

    private static String text(Duration size) {
        long minutes = size.toMinutes();
        return minutes < 120 ? minutes + " minutes" : size.toHours() + " hours";
    }
}
