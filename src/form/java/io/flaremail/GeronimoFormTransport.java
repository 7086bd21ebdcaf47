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
import org.apache.geronimo.mail.transport.smtp.SMTPTransport;

/**
 * {@link SmtpFormTransport} for Geronimo Mail, which TomEE uses. The build compiles it apart, since that provider is not
 * on the project's class path.
 *
 * <p>Tests: FormJarIT.
 */
public class GeronimoFormTransport extends SMTPTransport {
    private static final int SMTP = 25;
    private static final int SMTPS = 465;

    private final SmtpForm form;

    /** Null unless the application has set it. */
    private volatile Boolean reportSuccess;

    /**
     * Called by the mail session.
     *
     * @param session not null
     * @param url may be null
     */
    public GeronimoFormTransport(Session session, URLName url) {
        super(
                session,
                url,
                SmtpForm.isTls(url) ? "smtps" : "smtp",
                SmtpForm.isTls(url) ? SMTPS : SMTP,
                SmtpForm.isTls(url));
        this.form = new SmtpForm(this, session, url, false);
    }

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
}
