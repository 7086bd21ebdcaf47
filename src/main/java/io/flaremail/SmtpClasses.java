package io.flaremail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;

/** The only class that names Angus Mail's; loads only where they are. Reply codes are those of RFC 5321 section 4.2. */
final class SmtpClasses {
    private SmtpClasses() {}

    static boolean isUsable() {
        return SMTPMessage.class.getName() != null && SMTPAddressFailedException.class.getName() != null;
    }

    static String envelopeFrom(MimeMessage message) {
        return message instanceof SMTPMessage ? ((SMTPMessage) message).getEnvelopeFrom() : null;
    }

    /** Its trust manager lets everybody in once it has a list of hosts; SMTP's provider then asks it about the host. */
    static boolean trusts(SSLSocketFactory factory, String host) {
        return !(factory instanceof MailSSLSocketFactory)
                || ((MailSSLSocketFactory) factory).isServerTrusted(host, null);
    }

    static void chain(CloudflareSendFailedException failure, SendReport report, boolean successToo) {
        boolean refused = false;
        for (RecipientOutcome outcome : report.getRecipients()) {
            refused |= outcome.getStatus() == RecipientStatus.REFUSED;
            MessagingException exception = exception(outcome, successToo);
            if (exception != null) {
                failure.setNextException(exception);
            }
        }
        if (refused) {
            failure.setNextException(sendFailed(failure, report));
        }
    }

    private static MessagingException exception(RecipientOutcome outcome, boolean successToo) {
        String command = "RCPT TO:<" + outcome.getAddress().getAddress() + ">";
        switch (outcome.getStatus()) {
            case BOUNCED:
                return new SMTPAddressFailedException(outcome.getAddress(), command, 550, "550 5.1.1 Permanent bounce");
            case SUPPRESSED:
                return new SMTPAddressFailedException(
                        outcome.getAddress(), command, 550, "550 5.7.1 On the suppression list");
            case INVALID:
                return new SMTPAddressFailedException(
                        outcome.getAddress(), command, 553, "553 5.1.3 Not an address that can be sent to");
            case ACCEPTED:
            case DELIVERED:
            case QUEUED:
            case ACCEPTED_EARLIER:
                return successToo
                        ? new SMTPAddressSucceededException(outcome.getAddress(), command, 250, "250 2.1.5 Accepted")
                        : null;
            default:
                return null;
        }
    }

    private static SMTPSendFailedException sendFailed(CloudflareSendFailedException failure, SendReport report) {
        int code = report.isRetryable() ? 451 : report.getStatus() == 401 ? 535 : 554;
        return new SMTPSendFailedException(
                "DATA",
                code,
                code + " " + failure.getMessage(),
                null,
                failure.getValidSentAddresses(),
                failure.getValidUnsentAddresses(),
                failure.getInvalidAddresses());
    }
}
