package io.flaremail;

/** The outcome for one recipient. */
public enum RecipientStatus {
    /** Accepted, without further detail from the API: the usual case. */
    ACCEPTED(Fate.SENT),
    /** Accepted, and already taken by the receiving server. */
    DELIVERED(Fate.SENT),
    /** Accepted; the service keeps trying to deliver. */
    QUEUED(Fate.SENT),
    /**
     * Accepted in an earlier send of the same message that ended in an exception; not sent again. See
     * {@code mail.cloudflare.guard}.
     */
    ACCEPTED_EARLIER(Fate.SENT),
    /** Permanently refused by the receiving side. */
    BOUNCED(Fate.BAD),
    /** Dropped, because the address is on the account's suppression list. */
    SUPPRESSED(Fate.BAD),
    /** An unusable address. The message was not sent to any recipient, unless {@code sendpartial} is on. */
    INVALID(Fate.BAD),
    /** A usable address, but its request was refused. */
    REFUSED(Fate.UNSENT),
    /** A usable address, but it was not tried, or the API was not reached. */
    UNSENT(Fate.UNSENT),
    /** The request was sent, but its outcome is not known: it may have been accepted. */
    UNKNOWN(Fate.UNSENT);

    /** Jakarta Mail's three groups of addresses. */
    enum Fate {
        SENT,
        UNSENT,
        BAD
    }

    private final Fate fate;

    RecipientStatus(Fate fate) {
        this.fate = fate;
    }

    Fate fate() {
        return fate;
    }
}
