package io.flaremail;

import io.flaremail.text.Printable;
import io.flaremail.text.WireAddress;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

/**
 * The envelope sender, found as SMTP's provider finds it: the message's own (SMTPMessage), the configured one, the first
 * From address, the Sender, and at last the session's local address: {@code mail.from}, else {@code mail.user} at
 * {@code mail.host}, else the user of the operating system at this host.
 *
 * <p>Tests: WithoutFromTest, ChecksBeforeSendingTest.
 */
final class ReversePath {
    private static final String REMEDY = ": set a From address on the message, or " + CloudflareProperty.FROM.key()
            + " or mail.from for all messages";

    private ReversePath() {}

    static WireAddress of(MimeMessage message, TransportSettings settings, Session session) throws MessagingException {
        String ofMessage = SmtpProvider.envelopeFrom(message);
        if (ofMessage != null && !ofMessage.isEmpty()) {
            return usable(ofMessage, "The envelope sender of the SMTPMessage");
        }
        if (settings.from != null) {
            return usable(settings.from, settings.fromSource);
        }
        Address[] from = message.getFrom(); // the Sender, where there is no From
        if (from != null && from.length > 0 && from[0] instanceof InternetAddress) {
            String field = message.getHeader("From") == null ? "Sender" : "From";
            return usable(((InternetAddress) from[0]).getAddress(), "The " + field + " address");
        }
        InternetAddress local = InternetAddress.getLocalAddress(session);
        if (local == null || isAccount(local)) {
            throw new MessagingException("The message has no sender, and neither has the session" + REMEDY);
        }
        return usable(local.getAddress(), "The message has no sender, and the session's");
    }

    /** Servers keep the account id as {@code mail.user}: it is not a mailbox, and must not be shown to recipients. */
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
                    role + " " + Printable.quoted(String.valueOf(address)) + " " + wire.problem() + REMEDY);
        }
        return wire;
    }
}
