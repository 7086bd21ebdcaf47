package io.flaremail.http;

/** How much of a request may have reached the peer. Every failure handler checks this first. */
public enum RequestPhase {
    /** No byte was written to a connection. */
    NOT_BEGUN,
    /** Some bytes may have been sent, but not the last ones: a peer cannot have acted on them. */
    PARTIAL,
    /** The last byte may have been sent: the peer may have acted. */
    WHOLE
}
