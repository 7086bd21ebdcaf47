package io.flaremail;

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
 * Sends through Cloudflare Email Sending where SMTP was before. Applications do not name this class; they set
 * {@code mail.transport.protocol} and {@code mail.transport.protocol.rfc822} to {@code cloudflare}, or, where code asks for
 * {@code "smtp"} by name, {@code mail.smtp.class} to this class's name.
 *
 * <p>ConnectionOperator reads and checks the configuration and touches no network: there is no session to keep open, and
 * connections to the API are pooled behind all transports. May be used by several threads at once.
 */
public final class CloudflareTransport extends ListenedTransport {
    private final String alias;
    private volatile Delivery delivery;
    private volatile boolean reportSuccess;
    private volatile String tokenSource;

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
     * Parses the configuration. Host and port are ignored: the token goes to {@code mail.cloudflare.endpoint} only.
     *
     * @return true
     * @throws AuthenticationFailedException when token or account are missing; the session's Authenticator is then asked
     * @throws MessagingException names an invalid property
     */
    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        DebugLog log = new DebugLog(session);
        SessionOptions options = new SessionOptions(session, alias);
        options.warnOfUnknown(log);
        TransportSettings settings = TransportSettings.from(options, new Credentials(user, password), System::getenv);
        log.fine("account " + settings.account + " at " + settings.endpoint + ", token from " + settings.token);
        Delivery connected = delivery(settings, options, log);
        if (settings.verify) {
            connected.verify();
        }
        endPreviousConnection();
        reportSuccess = settings.reportSuccess;
        tokenSource = settings.token.toString();
        delivery = connected;
        return true;
    }

    private Delivery delivery(TransportSettings settings, SessionOptions options, DebugLog log)
            throws MessagingException {
        try {
            return new Delivery(settings, session, log);
        } catch (IllegalStateException e) {
            throw new MessagingException(e.getMessage(), e);
        } catch (IllegalArgumentException inTheClear) {
            String expected = inTheClear.getMessage().replaceFirst("^expected ", "");
            throw options.malformed(CloudflareProperty.PROXY_HOST, expected, "" + settings.proxy);
        }
    }

    /**
     * Sends a message to these addresses, and to no others: the message's own recipient fields are not read, Bcc is not
     * sent, the message is not changed.
     *
     * @throws IllegalStateException when not connected
     * @throws CloudflareSendFailedException when the message was not, or not wholly, or not for certain accepted
     * @throws SendFailedException when there are no addresses
     * @throws MessagingException when the message or an address is not an internet one, the message cannot be sent as it
     *     is, or the API cannot be reached; then nothing was sent
     */
    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        Delivery connected = requireConnected();
        requireInternetMail(message, addresses);
        List<Recipient> recipients = Envelope.recipients(addresses);
        beginSending();
        try {
            SendReport report = connected.send((MimeMessage) message, recipients);
            conclude(Conclusion.of(report, (MimeMessage) message, reportSuccess, tokenSource), message);
        } finally {
            endSending();
        }
    }

    private Delivery requireConnected() {
        Delivery connected = delivery;
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

    private void conclude(Conclusion conclusion, Message message) throws MessagingException {
        tellListeners(conclusion, message);
        if (conclusion.disconnects) {
            close();
        }
        if (conclusion.error != null) {
            throw conclusion.error;
        }
        if (conclusion.exception != null) {
            throw conclusion.exception;
        }
    }
}
