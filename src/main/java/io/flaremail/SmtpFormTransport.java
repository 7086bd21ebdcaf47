package io.flaremail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
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

    /** Null unless the application has set it. */
    private volatile Boolean reportSuccess;

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
        this.form = new SmtpForm(this, session, url, allHosts);
    }

    /** By the host, as {@link CloudflareTransport#protocolConnect} or as the SMTP provider. */
    @Override
    protected synchronized boolean protocolConnect(String host, int port, String user, String password)
            throws MessagingException {
        if (form.takes(host)) {
            return form.connect(host, port, user, password);
        }
        if (form.inner() != null) {
            setConnected(false); // that connection has ended
        }
        return super.protocolConnect(host, port, user, form.leave(host, password));
    }

    /** Speaks SMTP over this socket, whatever host the session names. */
    @Override
    public synchronized void connect(Socket socket) throws MessagingException {
        form.useSmtp(() -> super.connect(socket));
    }

    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        CloudflareTransport cloudflare;
        synchronized (this) {
            cloudflare = form.inner();
            if (cloudflare == null) {
                super.sendMessage(message, addresses);
                return;
            }
        }
        try {
            cloudflare.sendMessage(message, addresses, reportSuccess);
        } finally {
            if (!cloudflare.isConnected()) {
                ended();
            }
        }
    }

    /** Cloudflare's connection has ended by itself. */
    private synchronized void ended() {
        CloudflareTransport cloudflare = form.inner();
        if (cloudflare != null && !cloudflare.isConnected()) {
            setConnected(false);
        }
    }

    @Override
    public synchronized boolean isConnected() {
        CloudflareTransport cloudflare = form.inner();
        return cloudflare == null ? super.isConnected() : cloudflare.isConnected();
    }

    @Override
    public synchronized void close() throws MessagingException {
        CloudflareTransport cloudflare = form.inner();
        if (cloudflare == null) {
            super.close();
        } else {
            setConnected(false);
            cloudflare.close();
        }
    }

    @Override
    protected synchronized void notifyConnectionListeners(int type) {
        CloudflareTransport cloudflare = form.inner();
        if (cloudflare == null) {
            super.notifyConnectionListeners(type);
        } else if (type == ConnectionEvent.OPENED) {
            cloudflare.opened();
        } else {
            cloudflare.close();
        }
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
        this.reportSuccess = reportSuccess;
    }

    /** For Cloudflare, the outcome of the last message as an SMTP reply; null if there was none. */
    @Override
    public synchronized String getLastServerResponse() {
        return form.inner() == null ? super.getLastServerResponse() : form.reply().text;
    }

    /** For Cloudflare, the reply code of {@link #getLastServerResponse()}, or -1. */
    @Override
    public synchronized int getLastReturnCode() {
        return form.inner() == null ? super.getLastReturnCode() : form.reply().code;
    }

    /** For Cloudflare, only {@code 8BITMIME}: messages need not be converted to 7 bits. */
    @Override
    public synchronized boolean supportsExtension(String extension) {
        return form.inner() == null ? super.supportsExtension(extension) : "8BITMIME".equalsIgnoreCase(extension);
    }

    @Override
    public synchronized String getExtensionParameter(String extension) {
        return form.inner() == null ? super.getExtensionParameter(extension) : supportsExtension(extension) ? "" : null;
    }

    /** True for Cloudflare. */
    @Override
    public synchronized boolean isSSL() {
        return form.inner() != null || super.isSSL();
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
