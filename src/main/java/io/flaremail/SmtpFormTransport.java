package io.flaremail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionListener;
import jakarta.mail.event.TransportListener;
import java.net.Socket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * The transport for "smtp" and "smtps" of applications that offer a form for an SMTP server and nothing else: the host
 * {@code api.cloudflare.com} chooses Cloudflare, with the account id as the user and the API token as the password. Any
 * other host is served by the SMTP provider, which this class extends, so that casts to {@code SMTPTransport} work.
 *
 * <p>The form jar registers it. See {@link CloudflareSmtpTransport} for sessions that use Cloudflare for all hosts.
 *
 * <p>This class extends Angus Mail's transport. In the {@code -javax} jar it extends JavaMail's; the build makes
 * SunFormTransport from the same source, for the provider of Jakarta Mail 2.0.
 *
 * <p>Tests: SmtpFormTransportTest, SmtpFormThreadsTest, FormJarIT.
 */
public class SmtpFormTransport extends SMTPTransport {
    private final SmtpForm form;

    /**
     * Called by the mail session.
     *
     * @param session not null
     * @param url may be null
     */
    @SuppressWarnings("this-escape")
    public SmtpFormTransport(Session session, URLName url) {
        this(session, url, false);
    }

    /** @param allHosts whether every host is Cloudflare */
    @SuppressWarnings("this-escape") // the form only keeps the reference
    SmtpFormTransport(Session session, URLName url, boolean allHosts) {
        super(session, url, "smtp", SmtpForm.isTls(url));
        this.form = new SmtpForm(this, this::setConnected, session, url, allHosts);
    }

    /** By the host, as {@link CloudflareTransport#protocolConnect} or as the SMTP provider. */
    @Override
    protected synchronized boolean protocolConnect(String host, int port, String user, String password)
            throws MessagingException {
        return form.connect(host, port, user, password, super::protocolConnect);
    }

    /** Speaks SMTP over this socket, whatever host the session names. */
    @Override
    public synchronized void connect(Socket socket) throws MessagingException {
        form.useSmtp(() -> super.connect(socket));
    }

    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        form.send(message, addresses, super::sendMessage);
    }

    @Override
    public synchronized boolean isConnected() {
        return form.isConnected(super::isConnected);
    }

    @Override
    public synchronized void close() throws MessagingException {
        form.close(super::close);
    }

    @Override
    protected synchronized void notifyConnectionListeners(int type) {
        form.notify(type, super::notifyConnectionListeners);
    }

    @Override
    public void addConnectionListener(ConnectionListener listener) {
        form.events.add(listener);
        super.addConnectionListener(listener);
    }

    @Override
    public void removeConnectionListener(ConnectionListener listener) {
        form.events.remove(listener);
        super.removeConnectionListener(listener);
    }

    @Override
    public void addTransportListener(TransportListener listener) {
        form.events.add(listener);
        super.addTransportListener(listener);
    }

    @Override
    public void removeTransportListener(TransportListener listener) {
        form.events.remove(listener);
        super.removeTransportListener(listener);
    }

    @Override
    public synchronized void setReportSuccess(boolean reportSuccess) {
        super.setReportSuccess(reportSuccess);
        form.setReportSuccess(reportSuccess);
    }

    /** For Cloudflare, the outcome of the last message as an SMTP reply; null if there was none. */
    @Override
    public synchronized String getLastServerResponse() {
        return form.isCloudflare() ? form.reply().text : super.getLastServerResponse();
    }

    /** For Cloudflare, the reply code of {@link #getLastServerResponse()}, or -1. */
    @Override
    public synchronized int getLastReturnCode() {
        return form.isCloudflare() ? form.reply().code : super.getLastReturnCode();
    }

    /** For Cloudflare, only {@code 8BITMIME}: messages need not be converted to 7 bits. */
    @Override
    public synchronized boolean supportsExtension(String extension) {
        return form.isCloudflare() ? "8BITMIME".equalsIgnoreCase(extension) : super.supportsExtension(extension);
    }

    @Override
    public synchronized String getExtensionParameter(String extension) {
        if (form.isCloudflare()) {
            return supportsExtension(extension) ? "" : null;
        }
        return super.getExtensionParameter(extension);
    }

    /** True for Cloudflare. */
    @Override
    public synchronized boolean isSSL() {
        return form.isCloudflare() || super.isSSL();
    }

    /** Fails for Cloudflare, which takes no SMTP commands. */
    @Override
    public synchronized void issueCommand(String command, int expect) throws MessagingException {
        form.requireSmtp();
        super.issueCommand(command, expect);
    }

    /** Fails for Cloudflare, which takes no SMTP commands. */
    @Override
    public synchronized int simpleCommand(String command) throws MessagingException {
        form.requireSmtp();
        return super.simpleCommand(command);
    }
}
