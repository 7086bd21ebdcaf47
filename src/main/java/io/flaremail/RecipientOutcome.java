package io.flaremail;

import io.flaremail.text.Printable;
import jakarta.mail.internet.InternetAddress;
import java.io.Serializable;

/** The outcome for one recipient of a message. Immutable. */
public final class RecipientOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final InternetAddress address;
    private final RecipientStatus status;

    RecipientOutcome(InternetAddress address, RecipientStatus status) {
        this.address = address;
        this.status = status;
    }

    /** The object passed to {@code sendMessage}, or a member of a group passed to it; never null. */
    public InternetAddress getAddress() {
        return address;
    }

    /** The status; never null. */
    public RecipientStatus getStatus() {
        return status;
    }

    /** Address and status on one line, with line breaks and other invisible characters escaped. */
    @Override
    public String toString() {
        return Printable.line(String.valueOf(address)) + " " + status;
    }
}
