package io.flaremail;

import io.flaremail.config.Endpoint;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the transports for "smtp" and "smtps" have in common: the host decides at {@code connect} whether a connection is
 * Cloudflare's or that of the SMTP provider. For Cloudflare, an inner {@link CloudflareTransport} does the work; its events
 * reach the listeners in the name of the outer transport.
 *
 * <p>All methods are called with the outer transport's monitor held, which {@code connect} holds as well.
 *
 * <p>Tests: SmtpFormTransportTest, SmtpFormThreadsTest.
 */
final class SmtpForm {
    /** By the mail API, one of them can be loaded. */
    private static final List<String> TRANSPORTS = Arrays.asList(
            "io.flaremail.SmtpFormTransport", "io.flaremail.SunFormTransport", "io.flaremail.GeronimoFormTransport");

    /** More different passwords are not those of one application's form. */
    private static final int MOST_PASSWORDS = 20;

    /** The listeners of the outer transport. Has a lock of its own. */
    final ForwardedEvents events;

    private final CloudflareTransport inner;
    private final boolean allHosts;
    private boolean isInnerCurrent;

    /** The thread that connects by SMTP, whatever the host; null for none. */
    private volatile Thread bySmtp;

    /**
     * The passwords that were given for Cloudflare, and those for SMTP servers: a mail session repeats the last one if it is
     * given none, but one side must not see those of the other.
     */
    private final Set<String> tokens = new HashSet<>();

    private final Set<String> passwords = new HashSet<>();

    /**
     * @param url as the outer transport's constructor has it, which may be null
     * @param allHosts whether every host is Cloudflare
     */
    SmtpForm(Transport outer, Session session, URLName url, boolean allHosts) {
        this.inner = new CloudflareTransport(session, url);
        this.events = new ForwardedEvents(outer, inner);
        this.allHosts = allHosts;
        if (url != null && Endpoint.isFormHost(url.getHost())) {
            remember(tokens, url.getPassword());
        }
    }

    /** The class for this mail API and SMTP provider. */
    static String transport() {
        for (String name : TRANSPORTS) {
            try {
                Class.forName(name, false, SmtpForm.class.getClassLoader());
                return name;
            } catch (ClassNotFoundException | LinkageError e) {
                // It extends the transport of another provider.
            }
        }
        return TRANSPORTS.get(0); // its NoClassDefFoundError names what is missing
    }

    /** Whether a transport of this URL starts with TLS. */
    static boolean isTls(URLName url) {
        return url != null && "smtps".equals(url.getProtocol());
    }

    /** Whether this thread's connection to this host is one to Cloudflare. */
    boolean takes(String host) {
        return bySmtp != Thread.currentThread() && (allHosts || Endpoint.isFormHost(host));
    }

    /** As {@link CloudflareTransport#protocolConnect}. The password for Cloudflare's host is an API token. */
    boolean connect(String host, int port, String user, String password) throws MessagingException {
        boolean repeated = passwords.contains(password);
        if (Endpoint.isFormHost(host) && !repeated) {
            remember(tokens, password); // also if this fails: the next host may be another
        }
        inner.setForm(Endpoint.isFormHost(host));
        inner.protocolConnect(host, port, user, repeated ? null : password);
        isInnerCurrent = true;
        return true;
    }

    /**
     * Makes the next connection the SMTP provider's.
     *
     * @return the password for it; null instead of one for Cloudflare
     */
    String leave(String host, String password) {
        isInnerCurrent = false;
        if (Endpoint.isFormHost(host) || tokens.contains(password)) {
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
    void useSmtp(Connecting smtp) throws MessagingException {
        if (isInnerCurrent && inner.isConnected()) {
            throw new IllegalStateException("already connected");
        }
        bySmtp = Thread.currentThread();
        try {
            smtp.connect();
        } finally {
            bySmtp = null;
        }
    }

    /** Null if the last connection was the SMTP provider's, or there was none. */
    CloudflareTransport inner() {
        return isInnerCurrent ? inner : null;
    }

    /** A connection to Cloudflare takes no SMTP commands. */
    void requireSmtp() throws MessagingException {
        if (isInnerCurrent) {
            throw new MessagingException("Cloudflare Email Sending takes no SMTP commands");
        }
    }

    /** The outcome of the last message to Cloudflare. */
    SmtpReply reply() {
        return SmtpReply.of(inner.lastReport());
    }

    /** Connects, or fails. */
    interface Connecting {
        void connect() throws MessagingException;
    }
}
