package io.flaremail;

import io.flaremail.text.WireAddress;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Who sends and who receives, as RFC 5321 means it: the recipients are the addresses that {@code sendMessage} was given
 * and nothing else, whatever the message's header says.
 */
final class Envelope {
    private final WireAddress reversePath;
    private final List<Recipient> recipients;

    private Envelope(WireAddress reversePath, List<Recipient> recipients) {
        this.reversePath = reversePath;
        this.recipients = recipients;
    }

    /**
     * The recipients, groups (RFC 5322 section 3.4) replaced by their members, in the order given.
     *
     * @param addresses InternetAddresses only
     * @throws SendFailedException when there is no recipient
     */
    static List<Recipient> recipients(Address[] addresses) throws SendFailedException {
        List<Recipient> recipients = new ArrayList<>();
        for (Address address : addresses) {
            for (InternetAddress member : members((InternetAddress) address)) {
                recipients.add(new Recipient(member));
            }
        }
        if (recipients.isEmpty()) {
            throw new SendFailedException("No recipient addresses");
        }
        return recipients;
    }

    /**
     * @param recipients from {@link #recipients}
     * @param settings may have a sender for all messages
     * @param session knows the local address, for a message without any sender
     * @throws MessagingException when no envelope sender can be had; says why
     */
    static Envelope of(MimeMessage message, List<Recipient> recipients, TransportSettings settings, Session session)
            throws MessagingException {
        return new Envelope(ReversePath.of(message, settings, session), recipients);
    }

    String reversePath() {
        return reversePath.toString();
    }

    List<Recipient> recipients() {
        return recipients;
    }

    private static InternetAddress[] members(InternetAddress address) {
        try {
            InternetAddress[] members = address.isGroup() ? address.getGroup(true) : null;
            return members != null ? members : new InternetAddress[] {address};
        } catch (AddressException unreadable) {
            return new InternetAddress[] {address}; // stays as it is, and is found unusable
        }
    }
}
