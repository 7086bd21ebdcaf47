package io.flaremail;

import jakarta.mail.Session;
import jakarta.mail.URLName;

/**
 * {@link CloudflareTransport} in alias mode for code that casts its transport to {@code SMTPTransport}: with the form jar on
 * the class path, a session names this class in {@code mail.smtp.class}. Every host is Cloudflare.
 *
 * <p>Tests: SmtpFormTransportTest.
 */
public final class CloudflareSmtpTransport extends SmtpFormTransport {
    /**
     * Called by the mail session.
     *
     * @param session not null
     * @param url may be null
     */
    public CloudflareSmtpTransport(Session session, URLName url) {
        super(session, url, true);
    }
}
