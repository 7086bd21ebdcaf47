package io.flaremail;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.Credentials;
import io.flaremail.config.TransportSettings;
import io.flaremail.text.Printable;
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
 * Reverse-path and recipients, RFC 5321 section 2.3.1. The recipients are exactly the addresses passed to
 * {@code sendMessage}; the message's header is ignored.
 *
 * <p>Tests: WithoutFromTest, ChecksBeforeSendingTest, TransportSemanticsTest.
 */
final class Envelope {
    private static final String ADVICE =
            ": set a From address on the message, or " + CloudflareProperty.FROM + " or mail.from for all messages";

    private final String reversePath;
    private final List<Recipient> recipients;

    /** One recipient: the address object the caller gave, and its form on the wire. */
    static final class Recipient {
        final InternetAddress address;
        final WireAddress wire;

        Recipient(InternetAddress address) {
            this.address = address;
            this.wire = WireAddress.of(address.getAddress());
        }
    }

    private Envelope(WireAddress reversePath, List<Recipient> recipients) {
        this.reversePath = reversePath.toString();
        this.recipients = recipients;
    }

    /**
     * The recipients in the given order, with groups (RFC 5322 section 3.4) replaced by their members.
     *
     * @param addresses InternetAddresses only
     * @throws SendFailedException if there is no recipient
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
     * Finds the reverse-path as SMTP providers do: the message's own (SMTPMessage), the configured one, the first From
     * address, the Sender, and last the session's local address: {@code mail.from}, else {@code mail.user} at
     * {@code mail.host}, else the user of the operating system at this host.
     *
     * @param recipients from {@link #recipients}
     * @throws MessagingException if there is no usable reverse-path; its message says why
     */
    static Envelope of(MimeMessage message, List<Recipient> recipients, TransportSettings settings, Session session)
            throws MessagingException {
        return new Envelope(reversePath(message, settings, session), recipients);
    }

    String reversePath() {
        return reversePath;
    }

    List<Recipient> recipients() {
        return recipients;
    }

    private static InternetAddress[] members(InternetAddress address) {
        try {
            InternetAddress[] members = address.isGroup() ? address.getGroup(true) : null;
            return members != null ? members : new InternetAddress[] {address};
        } catch (AddressException e) {
            return new InternetAddress[] {address}; // kept as it is, and later found unusable
        }
    }

    private static WireAddress reversePath(MimeMessage message, TransportSettings settings, Session session)
            throws MessagingException {
        String ofMessage = SmtpProvider.envelopeFrom(message);
        if (ofMessage != null && !ofMessage.isEmpty()) {
            return usable(ofMessage, "The envelope sender of the SMTPMessage");
        }
        if (settings.from != null) {
            return usable(settings.from, settings.fromSource);
        }
        Address[] from = message.getFrom(); // the Sender, if there is no From
        if (from != null && from.length > 0 && from[0] instanceof InternetAddress) {
            String field = message.getHeader("From") == null ? "Sender" : "From";
            return usable(((InternetAddress) from[0]).getAddress(), "The " + field + " address");
        }
        InternetAddress local = InternetAddress.getLocalAddress(session);
        if (local == null || isAccount(local)) {
            throw new MessagingException("The message has no sender, and the session has none either" + ADVICE);
        }
        return usable(local.getAddress(), "The message has no sender, and the session's");
    }

    /** Servers may store the account id as {@code mail.user}. It is not a mailbox, and recipients must not see it. */
    private static boolean isAccount(InternetAddress local) {
        return Credentials.isAccount(local.getAddress().replaceFirst("@.*", ""));
    }

    private static WireAddress usable(String address, String role) throws MessagingException {
        if ("<>".equals(address)) {
            throw new MessagingException(
                    role
                            + " is the null sender <>, which Cloudflare Email Sending cannot express: bounce messages need SMTP");
        }
        WireAddress wire = WireAddress.of(address);
        if (!wire.isUsable()) {
            throw new MessagingException(
                    role + " " + Printable.quoted(String.valueOf(address)) + " " + wire.problem() + ADVICE);
        }
        return wire;
    }
}
