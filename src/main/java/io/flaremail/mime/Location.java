package io.flaremail.mime;

/** Where an entity is, in words: {@code the message}, {@code part 1.2}, {@code the message inside part 3}. */
final class Location {
    static final Location MESSAGE = new Location("", "the message");

    private final String number;
    private final String name;

    private Location(String number, String name) {
        this.number = number;
        this.name = name;
    }

    Location part(int position) {
        String child = number.isEmpty() ? "" + position : number + "." + position;
        return new Location(child, "part " + child);
    }

    Location attachedMessage() {
        return new Location(number, "the message inside " + name);
    }

    /** With the type, unless that is too odd to be printed. */
    String describe(String type) {
        boolean printable = type.length() <= 80 && type.matches("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+");
        return name + (printable ? " (" + type + ")" : "");
    }

    String field(String fieldName) {
        if (fieldName.isEmpty()) {
            return "a line in the header of " + name;
        }
        return "header field " + (fieldName.length() <= 80 ? fieldName : fieldName.substring(0, 80)) + " of " + name;
    }
}
