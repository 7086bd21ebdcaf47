package io.flaremail;

import io.flaremail.config.Endpoint;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * What the transports for "smtp" and "smtps" have in common: the host decides at {@code connect} whether a connection is
 * Cloudflare's or that of the SMTP provider. For Cloudflare, an inner {@link CloudflareTransport} does the work; its events
 * reach the listeners in the name of the outer transport.
 *
 * <p>All methods but {@link #send} are called with the outer transport's monitor held, which {@code connect} holds as well.
 * Each gets what the SMTP provider would do, for its connections.
 *
 * <p>Tests: SmtpFormTransportTest, SmtpFormThreadsTest.
 */
final class SmtpForm {
    /** The class of the outer transport for this mail API and SMTP provider; the name alone, for registrations. */
    static final String TRANSPORT = transport();

    /** More different passwords are not those of one application's form. */
    private static final int MOST_PASSWORDS = 20;

    /** The listeners of the outer transport. Has a lock of its own. */
    final ForwardedEvents events;

    private final Transport outer;
    private final Connected connected;
    private final CloudflareTransport inner;
    private final boolean allHosts;

    /** Whether the last connection was one to Cloudflare. */
    private boolean isCloudflare;

    /** Whether success throws too; null unless the application has set it. */
    private volatile Boolean reportSuccess;

    /** The thread that connects by SMTP, whatever the host; null for none. */
    private volatile Thread bySmtp;

    /**
     * The passwords that were given for Cloudflare, and those for SMTP servers: a mail session repeats the last one if it is
     * given none, but one side must not see those of the other.
     */
    private final Set<String> tokens = new HashSet<>();

    private final Set<String> passwords = new HashSet<>();

    /**
     * @param connected sets whether the outer transport counts as connected
     * @param url as the outer transport's constructor has it, which may be null
     * @param allHosts whether every host is Cloudflare
     */
    SmtpForm(Transport outer, Connected connected, Session session, URLName url, boolean allHosts) {
        this.outer = outer;
        this.connected = connected;
        this.inner = new CloudflareTransport(session, url);
        this.events = new ForwardedEvents(outer, inner);
        this.allHosts = allHosts;
        if (url != null && Endpoint.isFormHost(url.getHost())) {
            remember(tokens, url.getPassword());
        }
    }

    /** Each extends the transport of another SMTP provider, so only one can be loaded. */
    private static String transport() {
        String first = "io.flaremail.SmtpFormTransport";
        for (String name :
                new String[] {first, "io.flaremail.SunFormTransport", "io.flaremail.GeronimoFormTransport"}) {
            try {
                Class.forName(name, false, SmtpForm.class.getClassLoader());
                return name;
            } catch (ClassNotFoundException | LinkageError e) {
                // It is for another provider.
            }
        }
        return first; // its NoClassDefFoundError names what is missing
    }

    /** Whether a transport of this URL starts with TLS. */
    static boolean isTls(URLName url) {
        return url != null && "smtps".equals(url.getProtocol());
    }

    /** As {@link CloudflareTransport#protocolConnect}, or as the SMTP provider. */
    boolean connect(String host, int port, String user, String password, Connecting smtp) throws MessagingException {
        boolean formHost = Endpoint.isFormHost(host);
        if (bySmtp != Thread.currentThread() && (allHosts || formHost)) {
            inner.setForm(formHost);
            inner.protocolConnect(host, port, user, forCloudflare(formHost, password));
            isCloudflare = true;
            return true;
        }
        if (isCloudflare) {
            connected.set(false); // that connection has ended
            isCloudflare = false;
        }
        return smtp.connect(host, port, user, forSmtp(formHost, password));
    }

    /** The password for Cloudflare's host is an API token. */
    private String forCloudflare(boolean formHost, String password) {
        if (passwords.contains(password)) {
            return null;
        }
        if (formHost) {
            remember(tokens, password); // also if the connection fails: the next host may be another
        }
        return password;
    }

    private String forSmtp(boolean formHost, String password) {
        if (formHost || tokens.contains(password)) {
            return null;
        }
        remember(passwords, password);
        return password;
    }

    private static void remember(Set<String> known, String password) {
        if (password != null && known.size() < MOST_PASSWORDS) {
            known.add(password);
        }
    }

    /** Connects by SMTP, whatever the host. */
    void useSmtp(Action smtp) throws MessagingException {
        if (isCloudflare && inner.isConnected()) {
            throw new IllegalStateException("already connected");
        }
        bySmtp = Thread.currentThread();
        try {
            smtp.run();
        } finally {
            bySmtp = null;
        }
    }

    /** Without the monitor while Cloudflare is asked, so that several threads can send. */
    void send(Message message, Address[] addresses, Sending smtp) throws MessagingException {
        synchronized (outer) {
            if (!isCloudflare) {
                smtp.send(message, addresses);
                return;
            }
        }
        try {
            inner.sendMessage(message, addresses, reportSuccess);
        } finally {
            if (!inner.isConnected()) {
                ended();
            }
        }
    }

    /** Cloudflare's connection has ended by itself. */
    private void ended() {
        synchronized (outer) {
            if (isCloudflare && !inner.isConnected()) {
                connected.set(false);
            }
        }
    }

    boolean isConnected(BooleanSupplier smtp) {
        return isCloudflare ? inner.isConnected() : smtp.getAsBoolean();
    }

    void close(Action smtp) throws MessagingException {
        if (isCloudflare) {
            connected.set(false);
            inner.close();
        } else {
            smtp.run();
        }
    }

    /** @param type of the ConnectionEvent */
    void notify(int type, IntConsumer smtp) {
        if (!isCloudflare) {
            smtp.accept(type);
        } else if (type == ConnectionEvent.OPENED) {
            inner.opened();
        } else {
            inner.close();
        }
    }

    void setReportSuccess(boolean reportSuccess) {
        this.reportSuccess = reportSuccess;
    }

    /** Whether the last connection was one to Cloudflare. */
    boolean isCloudflare() {
        return isCloudflare;
    }

    /** A connection to Cloudflare takes no SMTP commands. */
    void requireSmtp() throws MessagingException {
        if (isCloudflare) {
            throw new MessagingException("Cloudflare Email Sending takes no SMTP commands");
        }
    }

    /** The outcome of the last message to Cloudflare. */
    SmtpReply reply() {
        return SmtpReply.of(inner.lastReport());
    }

    /** What the SMTP provider does to connect. */
    interface Connecting {
        boolean connect(String host, int port, String user, String password) throws MessagingException;
    }

    /** What the SMTP provider does to send. */
    interface Sending {
        void send(Message message, Address[] addresses) throws MessagingException;
    }

    /** What the SMTP provider does otherwise. */
    interface Action {
        void run() throws MessagingException;
    }

    /** {@code Service.setConnected} of the outer transport. */
    interface Connected {
        void set(boolean connected);
    }
}
