package io.flaremail;

import jakarta.mail.Provider;

/**
 * Registers the transport of the form jar for "smtp"; see {@link SmtpFormTransport}. The class of the transport depends on
 * the mail API that is present.
 *
 * <p>Tests: SmtpFormTransportTest, RegistrationMatrixIT.
 */
public final class SmtpFormProvider extends Provider {
    /** Called by the mail session. */
    public SmtpFormProvider() {
        super(
                Provider.Type.TRANSPORT,
                "smtp",
                SmtpForm.transport(),
                "Flaremail",
                CloudflareProvider.version(SmtpFormProvider.class.getPackage()));
    }

    /** The same for "smtps". */
    public static final class Smtps extends Provider {
        /** Called by the mail session. */
        public Smtps() {
            super(
                    Provider.Type.TRANSPORT,
                    "smtps",
                    SmtpForm.transport(),
                    "Flaremail",
                    CloudflareProvider.version(SmtpFormProvider.class.getPackage()));
        }
    }

    /** Makes {@link CloudflareSmtpTransport} known to sessions, which look for {@code mail.smtp.class} among the registered. */
    public static final class AllHosts extends Provider {
        /** Called by the mail session. */
        public AllHosts() {
            super(
                    Provider.Type.TRANSPORT,
                    "cloudflare-smtp",
                    "io.flaremail.CloudflareSmtpTransport",
                    "Flaremail",
                    CloudflareProvider.version(SmtpFormProvider.class.getPackage()));
        }
    }
}
