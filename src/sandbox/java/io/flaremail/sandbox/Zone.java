package io.flaremail.sandbox;

/** A domain that the account owns, with everything below it. */
record Zone(String id, String name) {
    boolean holds(String domain) {
        return domain.equals(name) || domain.endsWith("." + name);
    }
}
