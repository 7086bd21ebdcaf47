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
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One mailbox for each recipient, behind an IMAP server. The address is the login, in any case; any password is accepted. A mailbox
 * is filled when its first client logs in, and holds copies of the messages from then on. Messages and mailboxes may be locked
 * at once, in this order.
 */
final class Mailboxes {
    private static final long STARTUP_MILLIS = 30_000;

    private final ListenAddress listen;
    private final int port;
    private final Supplier<List<MessageLog>> logs;
    private final Managers managers = new Managers();
    private final Users users = new Users(managers);
    private final ImapService imap;
    private final Map<ReceivedMessage, List<Copy>> copies = new IdentityHashMap<>();

    /** @param logs the messages of all accounts */
    Mailboxes(ListenAddress listen, int port, Supplier<List<MessageLog>> logs) {
        this.listen = listen;
        this.port = port;
        this.logs = logs;
        imap = new ImapService(new ServerSetup(port, listen.host(), ServerSetup.PROTOCOL_IMAP), managers, users);
    }

    /** GreenMail keeps a mailbox under the hash of its user's email: no two may have the same. */
    private final class Users extends UserManager {
        private final Set<Integer> taken = new HashSet<>();

        Users(Managers managers) {
            super(managers.getImapHostManager());
            setAuthRequired(false);
        }

        /** Called at a login; {@link #getUser} has not found it. */
        @Override
        public GreenMailUser createUser(String email, String login, String password) throws UserException {
            List<MessageLog> now = logs.get();
            open(login(login), now, now);
            return getUser(login);
        }

        GreenMailUser add(String login) throws UserException {
            String own = login;
            for (int i = 2; !taken.add(own.hashCode()); i++) {
                own = login + "#" + i;
            }
            return super.createUser(own, login, login);
        }

        void clear() {
            List.copyOf(listUser()).forEach(this::deleteUser);
            taken.clear();
        }
    }

    void start() {
        requireFree();
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
    private void requireFree() {
        try {
            new ServerSocket(port, 1, listen.address()).close();
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
    private record Copy(String login, long uid) {}

    /** Locks what is left of the logs, one after the other, and fills the mailbox. */
    private void open(String login, List<MessageLog> all, List<MessageLog> left) throws UserException {
        if (left.isEmpty()) {
            fill(login, all);
            return;
        }
        synchronized (left.get(0)) {
            open(login, all, left.subList(1, left.size()));
        }
    }

    private synchronized void fill(String login, List<MessageLog> locked) throws UserException {
        if (users.getUser(login) == null) {
            users.add(login);
            messages(locked).filter(message -> isFor(message, login)).forEach(message -> deliver(message, login));
        }
    }

    /** Those of all accounts, oldest first. */
    private static Stream<ReceivedMessage> messages(List<MessageLog> logs) {
        return logs.stream()
                .filter(log -> !log.isClosed())
                .flatMap(log -> log.all().stream())
                .sorted(Comparator.comparing(message -> message.facts().sequence()));
    }

    private static boolean isFor(ReceivedMessage message, String login) {
        return message.facts().recipients().stream()
                .anyMatch(recipient ->
                        recipient.reached() && login(recipient.address()).equals(login));
    }

    /** Puts it into the mailboxes that are open; one copy each, however often the recipient was named. */
    synchronized void deliver(ReceivedMessage message) {
        message.facts().recipients().stream()
                .filter(AcceptedFacts.Recipient::reached)
                .map(recipient -> login(recipient.address()))
                .distinct()
                .filter(login -> users.getUser(login) != null)
                .forEach(login -> deliver(message, login));
    }

    private void deliver(ReceivedMessage message, String login) {
        try {
            MailFolder inbox = managers.getImapHostManager().getInbox(users.getUser(login));
            long uid = inbox.appendMessage(parse(message.raw()), new Flags(), Date.from(message.receivedAt()));
            copies.computeIfAbsent(message, key -> new ArrayList<>()).add(new Copy(login, uid));
        } catch (FolderException | MessagingException e) {
            throw new IllegalStateException("Cannot deliver to " + login, e);
        }
    }

    /** Removes the copies that no client has removed. */
    synchronized void remove(ReceivedMessage message) {
        for (Copy copy : Objects.requireNonNullElse(copies.remove(message), List.<Copy>of())) {
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

    /** Those that a client would see. */
    List<byte[]> messages(String address) {
        GreenMailUser user = users.getUser(login(address));
        return user == null
                ? messages(logs.get())
                        .filter(message -> isFor(message, login(address)))
                        .map(ReceivedMessage::raw)
                        .toList()
                : messages(user);
    }

    private synchronized List<byte[]> messages(GreenMailUser user) {
        try {
            MailFolder inbox = managers.getImapHostManager().getInbox(user);
            List<byte[]> messages = new ArrayList<>();
            for (StoredMessage message : inbox.getMessages()) {
                messages.add(bytes(message));
            }
            return messages;
        } catch (FolderException | MessagingException | IOException e) {
            throw new IllegalStateException("Cannot read the mailbox of " + user.getLogin(), e);
        }
    }

    private static byte[] bytes(StoredMessage message) throws MessagingException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.getMimeMessage().writeTo(out);
        return out.toByteArray();
    }

    synchronized void clear() {
        users.clear();
        copies.clear();
    }

    private static String login(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
