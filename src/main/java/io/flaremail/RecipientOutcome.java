package io.flaremail;

import io.flaremail.text.Printable;
import jakarta.mail.internet.InternetAddress;
import java.io.Serializable;

/** The outcome for one recipient of a message. */
public final class RecipientOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final InternetAddress address;
    private final RecipientStatus status;

    RecipientOutcome(InternetAddress address, RecipientStatus status) {
        this.address = address;
        this.status = status;
    }

    /** The very object that {@code sendMessage} was given, or a member of the group it was given; not null. */
    public InternetAddress getAddress() {
        return address;
    }

    /** Never null. */
    public RecipientStatus getStatus() {
        return status;
    }

    /** One line: an address's line breaks and other invisible characters are escaped. */
    @Override
    public String toString() {
        return Printable.line(String.valueOf(address)) + " " + status;
    }
}
