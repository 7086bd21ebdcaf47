package io.flaremail.sandbox;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Relays accepted messages to an SMTP server, one after the other in the background, each once: a message that the server refuses is
 * not tried again. Only recipients whose mailboxes received the message get it.
 */
final class Relay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.flaremail.sandbox");
    private static final int TIMEOUT_MS = 30_000;

    /** In EHLO: a sandbox does not relay again what comes from a client of this name, so that two cannot relay to each other. */
    static final String GREETING = "relay.flaremail-sandbox.invalid";

    private static final int CLOSE_SECONDS = 5;

    private final String protocol;
    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final ExecutorService queue = Executors.newSingleThreadExecutor(run -> {
        Thread thread = new Thread(run, "sandbox-relay");
        thread.setDaemon(true);
        return thread;
    });

    private Relay(String protocol, String host, int port, String user, String password) {
        this.protocol = protocol;
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /**
     * @param server such as {@code smtp://localhost:1025} or {@code smtps://user:password@mail.example.org}
     * @throws IllegalArgumentException if it has another form; the message does not show the password
     */
    static Relay to(URI server) {
        boolean known = "smtp".equals(server.getScheme()) || "smtps".equals(server.getScheme());
        boolean onlyServer = server.getHost() != null
                && (server.getPath() == null || server.getPath().isEmpty())
                && server.getQuery() == null;
        if (!known || !onlyServer) {
            throw new IllegalArgumentException("relay: expected smtp://host:port or smtps://user:password@host:port");
        }
        String[] login = server.getUserInfo() == null
                ? new String[] {null, null}
                : server.getUserInfo().split(":", 2);
        int port = server.getPort() >= 0 ? server.getPort() : server.getScheme().equals("smtp") ? 25 : 465;
        return new Relay(server.getScheme(), server.getHost(), port, login[0], login.length < 2 ? "" : login[1]);
    }

    boolean isTo(int smtpPort) {
        return port == smtpPort && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    /**
     * The bytes are taken at once: the message may be deleted while it waits.
     *
     * @param onChange run when the result of the message changes
     */
    void enqueue(ReceivedMessage message, Runnable onChange) {
        List<String> reached = message.facts().recipients().stream()
                .filter(AcceptedFacts.Recipient::reached)
                .map(AcceptedFacts.Recipient::address)
                .distinct()
                .toList();
        if (reached.isEmpty()) {
            return;
        }
        byte[] raw = message.raw();
        message.relayed("pending");
        queue.execute(() -> {
            message.relayed(send(message, raw, reached));
            onChange.run();
            LOG.log(
                    message.relayed().equals("sent") ? Level.FINE : Level.WARNING,
                    () -> this + ": " + message.id() + " " + message.relayed());
        });
    }

    private String send(ReceivedMessage message, byte[] raw, List<String> recipients) {
        try (SMTPTransport transport =
                new SMTPTransport(session(message.from()), new URLName(protocol, host, port, null, null, null))) {
            MimeMessage mime = new MimeMessage(null, new ByteArrayInputStream(raw));
            transport.connect(host, port, user, password);
            transport.sendMessage(mime, addresses(recipients));
            return "sent";
        } catch (SendFailedException e) {
            return e.getValidSentAddresses() == null || e.getValidSentAddresses().length == 0
                    ? "failed: " + reason(e)
                    : "sent only to " + Arrays.toString(e.getValidSentAddresses()) + ": " + reason(e);
        } catch (MessagingException | RuntimeException e) {
            return "failed: " + reason(e);
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").trim();
    }

    private Session session(String from) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "from", from.isEmpty() ? "<>" : from);
        properties.put(prefix + "localhost", GREETING);
        properties.put(prefix + "sendpartial", "true");
        properties.put(prefix + "starttls.enable", "true");
        properties.put(prefix + "auth", String.valueOf(user != null));
        for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
            properties.put(prefix + timeout, String.valueOf(TIMEOUT_MS));
        }
        if (protocol.equals("smtps")) {
            properties.put(prefix + "ssl.enable", "true");
        }
        return Session.getInstance(properties);
    }

    private static Address[] addresses(List<String> recipients) {
        List<Address> addresses = new ArrayList<>();
        for (String recipient : recipients) {
            InternetAddress address = new InternetAddress();
            address.setAddress(recipient);
            addresses.add(address);
        }
        return addresses.toArray(Address[]::new);
    }

    /** Waits some seconds for pending messages. */
    @Override
    public void close() {
        queue.shutdown();
        try {
            if (!queue.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warning(() -> this + ": " + queue.shutdownNow().size() + " messages were not relayed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without the login. */
    @Override
    public String toString() {
        return "Relay to " + protocol + "://" + host + ":" + port;
    }
}
