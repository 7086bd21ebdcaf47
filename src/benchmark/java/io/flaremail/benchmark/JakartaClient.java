package io.flaremail.benchmark;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** Sends with Flaremail, or over SMTPS with Angus Mail in one of three ways. */
final class JakartaClient implements Load.Client {
    /** The kinds of client. */
    enum Kind {
        /** Flaremail, by the static {@code Transport.send}. */
        FLAREMAIL,
        /** SMTPS by the static {@code Transport.send}, which opens a connection for every message. */
        PER_CALL,
        /** The same with TCP_NODELAY, which Angus does not set by itself. */
        PER_CALL_NODELAY,
        /** SMTPS over one connection for each thread, kept open, with TCP_NODELAY. */
        KEPT_OPEN
    }

    private final Kind kind;
    private final Map<String, Transport> open = new ConcurrentHashMap<>();
    private final Map<Integer, Session> sessions = new ConcurrentHashMap<>();

    JakartaClient(Kind kind) {
        this.kind = kind;
    }

    public static void main(String[] args) throws Exception {
        Load.obey(new JakartaClient(Kind.valueOf(args[0])));
    }

    @Override
    public Load.Post post(int port, int thread, int recipients, boolean large) throws MessagingException {
        Session session = sessions.computeIfAbsent(port, any -> Session.getInstance(properties(kind, port)));
        MimeMessage message = Mails.of(session, recipients, large);
        switch (kind) {
            case FLAREMAIL:
                return () -> Transport.send(message);
            case KEPT_OPEN:
                Transport transport = keptOpen(session, port + "/" + thread);
                return () -> {
                    message.saveChanges(); // as the static method does
                    transport.sendMessage(message, message.getAllRecipients());
                };
            default:
                return () -> Transport.send(message, "user", "password");
        }
    }

    private Transport keptOpen(Session session, String key) throws MessagingException {
        Transport transport = open.get(key);
        if (transport == null) {
            transport = session.getTransport("smtps");
            transport.connect("user", "password");
            open.put(key, transport);
        }
        return transport;
    }

    static Properties properties(Kind kind, int port) {
        Properties properties = new Properties();
        String protocol = kind == Kind.FLAREMAIL ? "cloudflare" : "smtps";
        properties.put("mail.transport.protocol", protocol);
        properties.put("mail.transport.protocol.rfc822", protocol);
        properties.put("mail.cloudflare.account", "0123456789abcdef0123456789abcdef");
        properties.put("mail.cloudflare.token", "0123456789012345678901234567890123456789");
        properties.put("mail.cloudflare.endpoint", "https://localhost:" + port + "/client/v4");
        properties.put("mail.smtps.host", "localhost");
        properties.put("mail.smtps.port", String.valueOf(port));
        properties.put("mail.smtps.auth", "true");
        properties.put("mail.smtps.ssl.checkserveridentity", "true");
        if (kind == Kind.PER_CALL_NODELAY || kind == Kind.KEPT_OPEN) {
            properties.put("mail.smtps.ssl.socketFactory", new NoDelay());
        }
        return properties;
    }
}
