package io.flaremail;

import jakarta.mail.Provider;

/**
 * Registers the transport of the form jar for "smtp"; see {@link SmtpFormTransport}. The class of the transport depends on
 * the mail API that is present.
 *
 * <p>Tests: SmtpFormTransportTest, RegistrationMatrixIT.
 */
public class SmtpFormProvider extends Provider {
    /** Called by the mail session. */
    public SmtpFormProvider() {
        this("smtp", SmtpForm.TRANSPORT);
    }

    private SmtpFormProvider(String protocol, String transport) {
        super(
                Provider.Type.TRANSPORT,
                protocol,
                transport,
                "Flaremail",
                CloudflareProvider.version(SmtpFormProvider.class.getPackage()));
    }

    /** The same for "smtps". */
    public static final class Smtps extends SmtpFormProvider {
        /** Called by the mail session. */
        public Smtps() {
            super("smtps", SmtpForm.TRANSPORT);
        }
    }

    /** Makes {@link CloudflareSmtpTransport} known to sessions, which accept only registered classes in {@code mail.smtp.class}. */
    public static final class AllHosts extends SmtpFormProvider {
        /** Called by the mail session. */
        public AllHosts() {
            super("cloudflare-smtp", "io.flaremail.CloudflareSmtpTransport");
        }
    }
}
