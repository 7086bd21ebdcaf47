package io.flaremail;

import io.flaremail.Envelope.Recipient;
import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.Credentials;
import io.flaremail.config.CredentialsException;
import io.flaremail.config.InvalidOptionException;
import io.flaremail.config.OptionReader;
import io.flaremail.config.OptionSource;
import io.flaremail.config.TransportSettings;
import io.flaremail.text.Printable;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/**
 * Sends mail through Cloudflare Email Sending instead of SMTP. Applications select it by setting
 * {@code mail.transport.protocol} and {@code mail.transport.protocol.rfc822} to {@code cloudflare}. If code asks for
 * {@code "smtp"} by name, set {@code mail.smtp.class} to this class's name.
 *
 * <p>Connecting reads and checks the configuration, without network access unless {@code mail.cloudflare.verify} is
 * set. All transports share a pool of connections to the API. Thread-safe.
 *
 * <p>Tests: TransportSemanticsTest, StaticSendTest, ChecksBeforeSendingTest, ClosingTest.
 */
public final class CloudflareTransport extends ListenedTransport {
    private final String alias;

    /** Whether an application's form for an SMTP server chose Cloudflare, so that its password is an API token. */
    private volatile boolean form;

    private volatile MessageSender sender;

    /** Null unless a form chose Cloudflare and its values are verified. */
    private volatile FormVerification verification;

    /** Null before the first message. */
    private volatile SendReport lastReport;

    /**
     * Called by the mail session.
     *
     * @param session not null
     * @param url may be null; in alias mode its protocol is another provider's, such as {@code smtp}
     */
    public CloudflareTransport(Session session, URLName url) {
        super(session, url);
        String protocol = url == null ? null : url.getProtocol();
        this.alias = CloudflareProvider.PROTOCOL.equals(protocol) ? null : protocol;
    }

    /**
     * Parses the configuration. Host and port are ignored: the token is sent to {@code mail.cloudflare.endpoint} only.
     *
     * @return true
     * @throws AuthenticationFailedException if the token or account is missing, or {@code mail.cloudflare.verify} finds
     *     that the token is refused; Jakarta Mail then asks the session's Authenticator
     * @throws MessagingException if a property is invalid or a library is too old (the message names it), or
     *     {@code mail.cloudflare.verify} cannot reach the API
     */
    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        DebugLog log = new DebugLog(session);
        UnknownProperties.warn(session.getProperties(), alias, log);
        MessageSender connected = configured(user, password, log);
        endPreviousConnection();
        sender = connected;
        lastReport = null;
        return true;
    }

    private MessageSender configured(String user, String password, DebugLog log) throws MessagingException {
        try {
            OptionReader options = OptionReader.ofSession(session.getProperties(), alias);
            Credentials credentials =
                    Credentials.find(options, user, password, alias == null || form, OptionSource.environment());
            TransportSettings settings = TransportSettings.from(options);
            if (log.isFine()) {
                options.describe().forEach(log::fine);
                log.fine("account " + credentials.account + " at " + settings.endpoint + ", token from "
                        + credentials.token);
            }
            requireTrust(settings, options);
            SendListener listener = SessionSettings.listener(settings.listener, options);
            MessageSender configured = new MessageSender(settings, credentials, listener, session, log);
            boolean byForm = form && !options.isSet(CloudflareProperty.VERIFY);
            verification = byForm ? new FormVerification(settings, credentials) : null;
            if (byForm) {
                verification.verify(configured);
            } else if (settings.verify) {
                configured.verify();
            }
            return configured;
        } catch (CredentialsException e) {
            throw new AuthenticationFailedException(form ? FormVerification.missing(e) : e.getMessage());
        } catch (InvalidOptionException e) {
            throw new MessagingException(e.getMessage(), (Exception) e.getCause());
        } catch (IllegalStateException e) {
            throw new MessagingException(e.getMessage(), e);
        }
    }

    /** An SMTP provider's socket factory may have its own list of trusted hosts. */
    private static void requireTrust(TransportSettings settings, OptionReader options)
            throws InvalidOptionException, MessagingException {
        String host = settings.endpoint.getHost();
        if (!SmtpProvider.trusts(settings.socketFactory, host)) {
            throw options.invalid(
                    CloudflareProperty.SSL_SOCKET_FACTORY,
                    "a factory that trusts " + host,
                    settings.socketFactory.getClass().getName() + " for other hosts");
        }
    }

    /**
     * Sends a message to these addresses only. The message's own recipient fields are ignored, Bcc is not sent, and the
     * message object is not changed.
     *
     * @throws IllegalStateException if not connected
     * @throws CloudflareSendFailedException if the message was not accepted for all recipients, or its acceptance is
     *     unknown
     * @throws SendFailedException if there are no addresses
     * @throws MessagingException if the message is not a MimeMessage, an address is not an InternetAddress, the message
     *     cannot be sent as it is, or the API cannot be reached; it was then not sent to any recipient
     */
    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        sendMessage(message, addresses, null);
    }

    /** @param reportSuccess whether success throws too, in place of the option; null for the option */
    void sendMessage(Message message, Address[] addresses, Boolean reportSuccess) throws MessagingException {
        MessageSender connected = requireConnected();
        requireInternetMail(message, addresses);
        List<Recipient> recipients = Envelope.recipients(addresses);
        beginSending();
        try {
            SendReport report = connected.send((MimeMessage) message, recipients);
            lastReport = report;
            FormVerification verified = verification;
            if (verified != null) {
                verified.learn(report);
            }
            conclude(connected.result(report, (MimeMessage) message, reportSuccess), message);
        } finally {
            endSending();
        }
    }

    /** @param form whether a form for an SMTP server chose Cloudflare for the next connection */
    void setForm(boolean form) {
        this.form = form;
    }

    /** The outcome of the last message; null if there was none. */
    SendReport lastReport() {
        return lastReport;
    }

    private MessageSender requireConnected() {
        MessageSender connected = sender;
        if (!isConnected() || connected == null) {
            throw new IllegalStateException("Not connected");
        }
        return connected;
    }

    private static void requireInternetMail(Message message, Address[] addresses) throws MessagingException {
        if (!(message instanceof MimeMessage)) {
            throw new MessagingException("Cloudflare Email Sending can only send MimeMessages, not "
                    + (message == null ? "null" : message.getClass().getName()));
        }
        if (addresses == null || addresses.length == 0) {
            throw new SendFailedException("No recipient addresses");
        }
        for (Address address : addresses) {
            if (!(address instanceof InternetAddress)) {
                throw new MessagingException(Printable.line(String.valueOf(address)) + " is not an InternetAddress");
            }
        }
    }

    private void conclude(TransportResult result, Message message) throws MessagingException {
        tellListeners(result, message);
        if (result.disconnects) {
            close();
        }
        if (result.error != null) {
            throw result.error;
        }
        if (result.exception != null) {
            throw result.exception;
        }
    }
}
