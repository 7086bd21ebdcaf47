package io.flaremail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

/** The envelope sender: the message's own (SMTPMessage), else the configured one, else the first From address. */
final class ReversePath {
    private static final String REMEDY =
            ": set a From address on the message, or " + CloudflareProperty.FROM.key() + " for all messages";

    private ReversePath() {}

    static WireAddress of(MimeMessage message, String configured) throws MessagingException {
        String ofMessage = AngusMail.envelopeFrom(message);
        if (ofMessage != null && !ofMessage.isEmpty()) {
            return usable(ofMessage, "The envelope sender of the SMTPMessage");
        }
        if (configured != null) {
            return usable(configured, CloudflareProperty.FROM.key());
        }
        Address[] from = message.getFrom();
        if (from == null || from.length == 0 || !(from[0] instanceof InternetAddress)) {
            throw new MessagingException("The message has no sender" + REMEDY);
        }
        return usable(((InternetAddress) from[0]).getAddress(), "The From address");
    }

    private static WireAddress usable(String address, String role) throws MessagingException {
        if ("<>".equals(address)) {
            throw new MessagingException(
                    role
                            + " is the null sender <>, which Cloudflare Email Sending cannot express: bounce messages need SMTP");
        }
        WireAddress wire = WireAddress.of(address);
        if (!wire.isUsable()) {
            throw new MessagingException(role + " " + Printable.quoted(String.valueOf(address)) + " " + wire.problem());
        }
        return wire;
    }
}
