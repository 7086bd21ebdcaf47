package io.flaremail.bounces;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.HeaderTerm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A folder of an IMAP server. Needs Jakarta Mail with an IMAP provider. Before a report is appended, the folder is
 * searched for its Message-ID, so a report that is delivered again is not appended again while it is in the folder.
 * Connects for each report. By {@code imap} the password is sent only after STARTTLS, except to this machine.
 * Thread-safe.
 *
 * <p>Tests: BounceTargetsTest.
 */
public final class ImapFolder implements BounceTarget {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private final Session session;
    private final URLName url;
    private final String password;

    /**
     * A folder of a server; connects at the first report, or {@link #verify}.
     *
     * @param url such as {@code imaps://user@mail.example.com/INBOX}: imaps or imap, user, host, an optional port, and the
     *     name of the folder
     * @param password of the user, not empty
     * @param properties of the mail session, such as timeouts: {@code mail.imaps.timeout}
     *     the defaults are 30 seconds
     * @throws IllegalArgumentException if a part of the URL is missing, the URL has a password or a second @, or the password is
     *     empty
     */
    public static ImapFolder at(String url, String password, Properties properties) {
        URLName name = new URLName(Objects.requireNonNull(url, "url"));
        boolean imap = "imaps".equals(name.getProtocol()) || "imap".equals(name.getProtocol());
        if (!imap || name.getHost() == null || name.getUsername() == null || name.getFile() == null) {
            throw new IllegalArgumentException("expected imaps://user@host/FOLDER");
        }
        if (name.getPassword() != null) {
            throw new IllegalArgumentException("expected a URL without a password: it may be logged");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("expected a password, got an empty one");
        }
        if (url.indexOf('@') != url.lastIndexOf('@')) {
            throw new IllegalArgumentException("write @ in the user name as %40");
        }
        return new ImapFolder(Session.getInstance(defaults(name, properties)), name, password);
    }

    private ImapFolder(Session session, URLName url, String password) {
        this.session = session;
        this.url = url;
        this.password = password;
    }

    /** Jakarta Mail has no timeouts by default, and older versions accept the certificate of any host. */
    private static Properties defaults(URLName url, Properties own) {
        String prefix = "mail." + url.getProtocol() + ".";
        Properties properties = new Properties();
        for (String timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.put(prefix + timeout, "30000");
        }
        properties.put(prefix + "ssl.checkserveridentity", "true");
        if (url.getProtocol().equals("imap") && !LOOPBACK.matcher(url.getHost()).matches()) {
            properties.put(prefix + "starttls.required", "true");
        }
        properties.putAll(own);
        return properties;
    }

    /**
     * Connects, and opens the folder for writing.
     *
     * @throws IOException if that fails
     */
    public void verify() throws IOException {
        withFolder(folder -> {});
    }

    @Override
    public void deliver(BounceReport report) throws IOException {
        withFolder(folder -> {
            if (folder.search(new HeaderTerm("Message-ID", report.getMessageId())).length == 0) {
                MimeMessage mail = new MimeMessage(session, new ByteArrayInputStream(report.getMessage()));
                folder.appendMessages(new Message[] {mail});
            }
        });
    }

    private interface FolderAction {
        void apply(Folder folder) throws MessagingException;
    }

    private void withFolder(FolderAction action) throws IOException {
        try (Store store = session.getStore(url.getProtocol())) {
            connect(store);
            Folder folder = store.getFolder(url.getFile());
            if (!folder.exists()) {
                throw new IOException(this + ": folder " + url.getFile() + " not found");
            }
            folder.open(Folder.READ_WRITE);
            try {
                action.apply(folder);
            } finally {
                folder.close(false);
            }
        } catch (MessagingException e) {
            // Not chained, either.
            throw new IOException(this + ": " + String.valueOf(e.getMessage()).replace(password, "(hidden)"));
        } catch (RuntimeException e) { // of Jakarta Mail, for answers that are not IMAP
            throw new IOException(this + ": unusable answer of the server: " + e, e);
        }
    }

    /** Its failures neither show nor chain what the server said, which may repeat the password. */
    private void connect(Store store) throws IOException {
        try {
            store.connect(url.getHost(), url.getPort(), url.getUsername(), password);
        } catch (AuthenticationFailedException e) {
            throw new IOException(this + ": the server rejected the user or the password");
        } catch (MessagingException e) {
            Throwable network = e.getCause();
            throw new IOException(
                    this + ": cannot connect" + (network instanceof IOException ? ": " + network : ""),
                    network instanceof IOException ? network : null);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url.getProtocol() + "://" + url.getUsername().replace("@", "%40") + "@" + url.getHost()
                + (url.getPort() < 0 ? "" : ":" + url.getPort()) + "/" + url.getFile();
    }
}
