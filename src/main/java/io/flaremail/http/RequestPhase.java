package io.flaremail.http;

/** How much of a request may have reached the peer. Whoever handles a failure asks this first. */
public enum RequestPhase {
    /** No byte was written to a connection. */
    NOT_BEGUN,
    /** Some bytes may be out, but not the last ones: a peer cannot have acted on them. */
    PARTIAL,
    /** The last byte may be out: the peer may have acted. */
    WHOLE
}
