package io.flaremail;

/** What became of one recipient. */
public enum RecipientStatus {
    /** Accepted; the API said nothing else about this one, as it usually does. */
    ACCEPTED(Fate.SENT),
    /** Accepted, and the receiving server has already taken it. */
    DELIVERED(Fate.SENT),
    /** Accepted; the service keeps trying to deliver. */
    QUEUED(Fate.SENT),
    /**
     * Accepted when the same message was sent before, in a send that ended in an exception; not sent again. See
     * {@code mail.cloudflare.guard}.
     */
    ACCEPTED_EARLIER(Fate.SENT),
    /** Refused for good by the receiving side. */
    BOUNCED(Fate.BAD),
    /** Dropped, because the address is on the account's suppression list. */
    SUPPRESSED(Fate.BAD),
    /** Not an address this transport can send to. Nothing was sent to anybody, unless {@code sendpartial} is on. */
    INVALID(Fate.BAD),
    /** Nothing wrong with it, but the request it was in was refused. */
    REFUSED(Fate.UNSENT),
    /** Nothing wrong with it, but it was not tried, or the API was not reached. */
    UNSENT(Fate.UNSENT),
    /** The request was sent, but its outcome is not known: it may have been accepted. */
    UNKNOWN(Fate.UNSENT);

    /** Jakarta Mail's three answers. */
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
