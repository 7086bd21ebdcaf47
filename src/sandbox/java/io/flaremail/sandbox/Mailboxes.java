package io.flaremail.sandbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.commands.IdRange;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/** One mailbox for each recipient, behind an IMAP server. The address is the login, in any case; any password will do. */
final class Mailboxes {
    private static final String HOST = "127.0.0.1";
    private static final long STARTUP_MILLIS = 30_000;

    private final int port;
    private final Managers managers = new Managers();
    private final Users users = new Users(managers);
    private final ImapService imap;

    Mailboxes(int port) {
        this.port = port;
        imap = new ImapService(new ServerSetup(port, HOST, ServerSetup.PROTOCOL_IMAP), managers, users);
    }

    /** GreenMail keeps a mailbox under the hash of its user's email: no two may have the same. */
    private static final class Users extends UserManager {
        private final Set<Integer> taken = new HashSet<>();

        Users(Managers managers) {
            super(managers.getImapHostManager());
            setAuthRequired(false);
        }

        @Override
        public synchronized GreenMailUser createUser(String email, String login, String password) throws UserException {
            GreenMailUser known = getUser(login);
            if (known != null) {
                return known;
            }
            String own = email;
            for (int i = 2; !taken.add(own.hashCode()); i++) {
                own = email + "#" + i;
            }
            return super.createUser(own, login, password);
        }

        synchronized void clear() {
            List.copyOf(listUser()).forEach(this::deleteUser);
            taken.clear();
        }
    }

    void start() {
        requireFree(port);
        imap.startService();
        try {
            if (!imap.waitTillRunning(STARTUP_MILLIS)) {
                throw new IllegalStateException("IMAP does not start within " + STARTUP_MILLIS + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while IMAP starts", e);
        }
    }

    /** Asked first, because GreenMail tells of a taken port from a thread of its own, at length. */
    private static void requireFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getByName(HOST)).close();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot listen for IMAP on port " + port + ": " + e.getMessage(), e);
        }
    }

    void stop() {
        imap.stopService();
    }

    int port() {
        return imap.getPort();
    }

    /** A message in a mailbox. */
    record Copy(String login, long uid) {}

    synchronized List<Copy> deliver(byte[] message, List<String> recipients) {
        // One copy to a mailbox, however often it was named.
        return recipients.stream()
                .map(Mailboxes::login)
                .distinct()
                .map(login -> deliver(message, login))
                .toList();
    }

    private Copy deliver(byte[] message, String login) {
        try {
            MailFolder inbox = managers.getImapHostManager().getInbox(user(login));
            return new Copy(login, inbox.appendMessage(parse(message), new Flags(), new Date()));
        } catch (UserException | FolderException | MessagingException e) {
            throw new IllegalStateException("Cannot deliver to " + login, e);
        }
    }

    /** Removes copies that no client has removed. */
    synchronized void remove(List<Copy> copies) {
        for (Copy copy : copies) {
            GreenMailUser user = users.getUser(copy.login());
            try {
                MailFolder inbox =
                        user == null ? null : managers.getImapHostManager().getInbox(user);
                if (inbox != null && inbox.getMessage(copy.uid()) != null) {
                    inbox.setFlags(new Flags(Flags.Flag.DELETED), true, copy.uid(), null, true);
                    inbox.expunge(new IdRange[] {new IdRange(copy.uid())});
                }
            } catch (FolderException e) {
                throw new IllegalStateException("Cannot remove a message from the mailbox of " + copy.login(), e);
            }
        }
    }

    private static MimeMessage parse(byte[] message) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
    }

    private GreenMailUser user(String login) throws UserException {
        return users.createUser(login, login, login);
    }

    synchronized List<byte[]> messages(String address) {
        GreenMailUser user = users.getUser(login(address));
        if (user == null) {
            return List.of();
        }
        try {
            MailFolder inbox = managers.getImapHostManager().getInbox(user);
            List<byte[]> messages = new ArrayList<>();
            for (StoredMessage message : inbox.getMessages()) {
                messages.add(bytes(message));
            }
            return messages;
        } catch (FolderException | MessagingException | IOException e) {
            throw new IllegalStateException("Cannot read the mailbox of " + address, e);
        }
    }

    private static byte[] bytes(StoredMessage message) throws MessagingException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.getMimeMessage().writeTo(out);
        return out.toByteArray();
    }

    synchronized void clear() {
        users.clear();
    }

    private static String login(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
