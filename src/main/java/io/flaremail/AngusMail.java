package io.flaremail;

import jakarta.mail.internet.MimeMessage;
import javax.net.ssl.SSLSocketFactory;

/** What Angus Mail's SMTP classes add where they are on the class path; they need not be. */
final class AngusMail {
    private static final boolean PRESENT = isPresent();

    private AngusMail() {}

    /** The envelope sender of an SMTPMessage; null when the message has none or is none. */
    static String envelopeFrom(MimeMessage message) {
        return PRESENT ? SmtpClasses.envelopeFrom(message) : null;
    }

    /** Whether a factory that keeps its own list of trusted hosts has this one on it; others keep none. */
    static boolean trusts(SSLSocketFactory factory, String host) {
        return !PRESENT || SmtpClasses.trusts(factory, host);
    }

    /** Chains what SMTP would have chained to its exception, so that code which looks there finds it. */
    static void chain(CloudflareSendFailedException failure, SendReport report, boolean successToo) {
        if (PRESENT) {
            SmtpClasses.chain(failure, report, successToo);
        }
    }

    private static boolean isPresent() {
        try {
            return SmtpClasses.isUsable();
        } catch (LinkageError absent) {
            return false;
        }
    }
}
