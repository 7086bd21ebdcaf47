package io.flaremail.mime;

/** A header field with its continuation lines, or a line in a header that is none. */
final class Field {
    final Octets range;
    /** Empty if the line is no field. Without a colon the whole line is the name, as Jakarta Mail has it. */
    final String name;
    /** What precedes the colon, whatever it is; empty if there is no colon. */
    final String label;
    /** What follows the colon, folding included. */
    final String value;

    Field(Octets range) {
        this.range = range;
        String text = range.text();
        int colon = text.indexOf(':');
        String before = Ascii.trimEnd(colon < 0 ? text : text.substring(0, colon));
        this.name = !before.isEmpty() && before.chars().allMatch(c -> c > 32 && c < 127) ? before : "";
        this.label = text.substring(0, Math.max(colon, 0));
        this.value = text.substring(colon + 1);
    }

    /** Whether it is that field to readers that skip white space and control characters in front of a name, and only to them. */
    boolean isOnlyForSome(String other) {
        return name.isEmpty() && (label.isEmpty() ? value : label).trim().equalsIgnoreCase(other);
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
