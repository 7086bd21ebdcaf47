package io.flaremail.cli;

import java.util.Locale;
import java.util.Map;

/** One thing that the doctor looked at: what there is, and what to do. Immutable. */
final class Finding {
    enum Kind {
        OK,
        WRONG,
        /** The check got no answer. */
        UNKNOWN,
        /** Not looked at; the text says what to do first. */
        SKIPPED
    }

    final String step;
    final Kind kind;
    final String text;

    /** What to do; null when it is ok or the text says it. */
    final String remedy;

    private Finding(String step, Kind kind, String text, String remedy) {
        this.step = step;
        this.kind = kind;
        this.text = text;
        this.remedy = remedy;
    }

    static Finding ok(String step, String text) {
        return new Finding(step, Kind.OK, text, null);
    }

    static Finding wrong(String step, String text, String remedy) {
        return new Finding(step, Kind.WRONG, text, remedy);
    }

    static Finding unknown(String step, String text, String remedy) {
        return new Finding(step, Kind.UNKNOWN, text, remedy);
    }

    static Finding skipped(String step, String why) {
        return new Finding(step, Kind.SKIPPED, "not looked at: " + why, null);
    }

    Map<String, Object> json() {
        return JsonText.object(
                "step", step, "result", kind.name().toLowerCase(Locale.ROOT), "text", text, "remedy", remedy);
    }
}
