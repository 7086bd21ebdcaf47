package io.flaremail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
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
        this.form = new SmtpForm(this, this::setConnected, session, url, false);
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
}
