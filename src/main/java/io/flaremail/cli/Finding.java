package io.flaremail.cli;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result of one check of doctor, and what to do. Immutable. */
final class Finding {
    enum Kind {
        OK,
        WRONG,
        /** The check got no answer. */
        UNKNOWN,
        /** Not checked; the text says why. */
        SKIPPED
    }

    final String step;
    final Kind kind;
    final String text;

    /** What to do; null when it is ok or the text says it. */
    final String remedy;

    /** What belongs to the remedy and is to be copied as it is. */
    final List<String> lines;

    private Finding(String step, Kind kind, String text, String remedy) {
        this(step, kind, text, remedy, Collections.emptyList());
    }

    private Finding(String step, Kind kind, String text, String remedy, List<String> lines) {
        this.lines = lines;
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

    Finding lines(List<String> texts) {
        return new Finding(step, kind, text, remedy, Collections.unmodifiableList(texts));
    }

    static Finding skipped(String step, String why) {
        return new Finding(step, Kind.SKIPPED, "skipped: " + why, null);
    }

    Map<String, Object> json() {
        return JsonText.object(
                "step",
                step,
                "result",
                kind.name().toLowerCase(Locale.ROOT),
                "text",
                Wrapped.plain(text),
                "remedy",
                remedy == null ? null : Wrapped.plain(remedy),
                "lines",
                lines);
    }
}
