package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.config.GuardGrade;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guard remembers, for which messages, and for how long. */
@Timeout(120)
class RetryGuardTest {
    private static final List<String> SCOPE = List.of("account", "endpoint", "from@example.com", "null");
    private static final Duration WINDOW = Duration.ofMinutes(60);
    private static final String A = "a@example.net";
    private static final String B = "b@example.net";

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000); // it overflows, as nanoTime may
    private final RetryGuard guard = new RetryGuard(clock::get);
    private final MimeMessage message = message();

    @ParameterizedTest
    @CsvSource({
        // grade, object, Message-ID, digest, scope: known?
        "CERTAIN, same,  same,  same,  same,  true",
        "CERTAIN, same,  other, same,  same,  true",
        "CERTAIN, same,  none,  same,  same,  true",
        "CERTAIN, other, same,  same,  same,  true",
        "CERTAIN, other, other, same,  same,  false",
        "CERTAIN, other, none,  same,  same,  false",
        "CERTAIN, same,  same,  other, same,  false",
        "CERTAIN, other, same,  other, same,  false",
        "CERTAIN, same,  same,  same,  other, false",
        "CONTENT, same,  same,  same,  same,  true",
        "CONTENT, other, other, same,  same,  true",
        "CONTENT, other, none,  same,  same,  true",
        "CONTENT, same,  same,  other, same,  false",
        "CONTENT, other, other, same,  other, false",
        "OFF,     same,  same,  same,  same,  false",
    })
    void whatCountsAsTheSameMessage(
            GuardGrade grade, String object, String id, String digest, String scope, boolean known) {
        accepted(identity(message, "<1@x>", "digest"), A);
        RetryGuard.MessageIdentity again = new RetryGuard.MessageIdentity(
                scope.equals("same") ? SCOPE : List.of("account", "endpoint", "other@example.com", "null"),
                object.equals("same") ? message : message(),
                id.equals("same") ? "<1@x>" : id.equals("none") ? "" : "<2@x>",
                digest.equals("same") ? "digest" : "other");
        boolean found = guard.mayKnow(grade, again.scope, again.message, again.messageId)
                && guard.earlier(grade, again, Set.of(A)).accepted().contains(A);
        assertEquals(known, found);
    }

    /** Two messages without a Message-ID have not the same one. */
    @Test
    void noMessageIdIsNobodys() {
        accepted(identity(message, "", "digest"), A);
        assertFalse(guard.mayKnow(GuardGrade.CERTAIN, SCOPE, message(), ""));
    }

    @Test
    void onlyTheSendsOwnRecipientsAreTold() {
        RetryGuard.MessageIdentity identity = identity(message, "<1@x>", "digest");
        accepted(identity, A, B);
        assertEquals(Set.of(B), earlier(identity, B, "c@example.net").accepted());
    }

    @Test
    void successForgets() {
        RetryGuard.MessageIdentity identity = identity(message, "<1@x>", "digest");
        accepted(identity, A);
        guard.forget(GuardGrade.CERTAIN, identity, Set.of(A, B));
        assertFalse(guard.mayKnow(GuardGrade.CERTAIN, SCOPE, message, "<1@x>"));
        assertEquals(0, guard.messages());
    }

    /** A message to several lists, one after the other: what becomes of one says nothing of another. */
    @Test
    void aSendToOthersForgetsNothing() {
        RetryGuard.MessageIdentity identity = identity(message, "<1@x>", "digest");
        accepted(identity, A);
        guard.forget(GuardGrade.CERTAIN, identity, Set.of(B));
        accepted(identity, "c@example.net");
        assertEquals(
                Set.of(A, "c@example.net"),
                earlier(identity, A, B, "c@example.net").accepted());
        guard.forget(GuardGrade.CERTAIN, identity, Set.of("c@example.net"));
        assertEquals(Set.of(A), earlier(identity, A, B, "c@example.net").accepted());
    }

    /** The retry went to the one recipient that had failed, and ended well. */
    @Test
    void successOfTheRestForgetsTheWhole() {
        RetryGuard.MessageIdentity identity = identity(message, "<1@x>", "digest");
        EarlierTries tries = new EarlierTries();
        tries.addAccepted(A, guard.in(WINDOW));
        tries.addFailed(B);
        guard.remember(GuardGrade.CERTAIN, identity, tries, Set.of(A, B));
        guard.forget(GuardGrade.CERTAIN, identity, Set.of(B));
        assertEquals(0, guard.messages());
    }

    @Test
    void unknownBecomesAcceptedAndNeverTheReverse() {
        RetryGuard.MessageIdentity identity = identity(message, "<1@x>", "digest");
        unknown(identity, A, B);
        accepted(identity, A);
        unknown(identity, A);
        assertEquals(Set.of(A), earlier(identity, A, B).accepted());
        assertEquals(Set.of(B), earlier(identity, A, B).unknown());
        assertEquals(1, guard.messages());
    }

    @Test
    void theWindowCountsFromTheTryThatWasAccepted() {
        RetryGuard.MessageIdentity identity = identity(message, "<1@x>", "digest");
        accepted(identity, A);
        pass(WINDOW.dividedBy(2));
        accepted(identity, A, B);
        pass(WINDOW.dividedBy(2).minusNanos(1));
        assertEquals(Set.of(A, B), earlier(identity, A, B).accepted());
        pass(Duration.ofNanos(1));
        assertEquals(Set.of(B), earlier(identity, A, B).accepted());
        pass(WINDOW);
        assertFalse(guard.mayKnow(GuardGrade.CERTAIN, SCOPE, message, "<1@x>"));
        assertEquals(Set.of(), earlier(identity, A, B).accepted());
        assertEquals(0, guard.messages());
        assertEquals(0, guard.recipients());
    }

    @Test
    void theWindowIsThatOfTheUnknownToo() {
        RetryGuard.MessageIdentity identity = identity(message, "<1@x>", "digest");
        unknown(identity, A);
        pass(WINDOW.dividedBy(2));
        unknown(identity, A, B);
        pass(WINDOW.dividedBy(2).minusNanos(1));
        assertEquals(Set.of(A, B), earlier(identity, A, B).unknown());
        pass(Duration.ofNanos(1));
        assertEquals(Set.of(B), earlier(identity, A, B).unknown());
        assertEquals(1, guard.recipients());
    }

    @Test
    void manyMessagesPushOutTheOldest() {
        for (int i = 0; i < RetryGuard.MOST_MESSAGES + 10; i++) {
            accepted(identity(message(), "<" + i + "@x>", "digest"), A);
        }
        assertEquals(RetryGuard.MOST_MESSAGES, guard.messages());
        assertFalse(guard.mayKnow(GuardGrade.CERTAIN, SCOPE, message(), "<9@x>"));
        assertTrue(guard.mayKnow(GuardGrade.CERTAIN, SCOPE, message(), "<10@x>"));
    }

    @Test
    void manyRecipientsPushOutTheOldest() {
        for (int i = 0; i < 30; i++) {
            accepted(identity(message(), "<" + i + "@x>", "digest"), recipients(1_000));
        }
        assertEquals(10, guard.messages());
        assertEquals(RetryGuard.MOST_RECIPIENTS, guard.recipients());
        accepted(identity(message(), "<all@x>", "digest"), recipients(RetryGuard.MOST_RECIPIENTS + 5_000));
        assertEquals(1, guard.messages());
        assertEquals(RetryGuard.MOST_RECIPIENTS, guard.recipients());
    }

    /** Of one message with too many recipients those who have it are kept first. */
    @Test
    void theAcceptedOnesAreKeptFirst() {
        EarlierTries tries = new EarlierTries();
        tries.addFailed("failed");
        tries.addUnknown("unknown", 1);
        tries.addAccepted("accepted", 1);
        assertEquals(3, tries.size());
        tries.limit(2);
        assertEquals(Set.of("accepted"), tries.accepted());
        assertEquals(Set.of("unknown"), tries.unknown());
        assertEquals(2, tries.size());
        tries.limit(1);
        assertEquals(Set.of(), tries.unknown());
        assertEquals(Set.of("accepted"), tries.accepted());
    }

    /** A message's equals is its application's; and it may be another's key. */
    @Test
    void messagesAreNeverAskedForEquality() {
        MimeMessage hostile = new MimeMessage((Session) null) {
            @Override
            public boolean equals(Object other) {
                throw new AssertionError("equals");
            }

            @Override
            public int hashCode() {
                throw new AssertionError("hashCode");
            }
        };
        RetryGuard.MessageIdentity identity = identity(hostile, "<1@x>", "digest");
        accepted(identity, A);
        assertEquals(Set.of(A), earlier(identity, A).accepted());
        accepted(identity(message(), "<2@x>", "digest"), A);
    }

    @Test
    void aMessageCanGo() throws Exception {
        MimeMessage mine = message();
        WeakReference<MimeMessage> reference = new WeakReference<>(mine);
        accepted(identity(mine, "<1@x>", "digest"), A);
        mine = null;
        awaitGone(reference);
        assertTrue(guard.mayKnow(GuardGrade.CERTAIN, SCOPE, message(), "<1@x>"), "the Message-ID is still known");
    }

    /** The guard may be in a server's library, and the message of a class of the web application's. */
    @Test
    void theClassLoaderOfAMessageCanGo() throws Exception {
        awaitGone(rememberAnApplicationsMessage());
        assertEquals(1, guard.messages());
    }

    private WeakReference<ClassLoader> rememberAnApplicationsMessage() throws Exception {
        URL[] classes = {Letter.class.getProtectionDomain().getCodeSource().getLocation()};
        try (URLClassLoader application = new URLClassLoader(classes, MimeMessage.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                return name.equals(Letter.class.getName()) ? findClass(name) : super.loadClass(name, resolve);
            }
        }) {
            MimeMessage letter = (MimeMessage) application
                    .loadClass(Letter.class.getName())
                    .getConstructor()
                    .newInstance();
            assertEquals(application, letter.getClass().getClassLoader());
            accepted(identity(letter, "<1@x>", "digest"), A);
            return new WeakReference<>(application);
        }
    }

    /** A message class of an application's. */
    public static final class Letter extends MimeMessage {
        public Letter() {
            super((Session) null);
        }
    }

    private static void awaitGone(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 200 && reference.get() != null; i++) {
            System.gc();
            Idle.millis(20);
        }
        assertNull(reference.get());
    }

    @Test
    void manyThreadsLeaveItWithinItsBounds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int t = 0; t < 8; t++) {
            int thread = t;
            threads.execute(() -> IntStream.range(0, 1_000).forEach(i -> {
                RetryGuard.MessageIdentity identity = identity(message, "<" + i + "@x>", "digest" + i % 300);
                guard.mayKnow(GuardGrade.CONTENT, SCOPE, message, "");
                accepted(identity, A, thread + "@example.net");
                earlier(identity, A);
                if (i % 3 == thread % 3) {
                    guard.forget(GuardGrade.CERTAIN, identity, Set.of(A));
                }
            }));
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        assertTrue(guard.messages() <= 300, guard.messages() + " messages");
        IntStream.range(0, 300)
                .forEach(i -> guard.forget(GuardGrade.CERTAIN, identity(message, "", "digest" + i), Set.of(A)));
        assertEquals(0, guard.messages());
        assertEquals(0, guard.recipients());
    }

    private void accepted(RetryGuard.MessageIdentity identity, String... recipients) {
        EarlierTries tries = new EarlierTries();
        for (String recipient : recipients) {
            tries.addAccepted(recipient, guard.in(WINDOW));
        }
        guard.remember(GuardGrade.CERTAIN, identity, tries, Set.of(recipients));
    }

    private void unknown(RetryGuard.MessageIdentity identity, String... recipients) {
        EarlierTries tries = new EarlierTries();
        for (String recipient : recipients) {
            tries.addUnknown(recipient, guard.in(WINDOW));
        }
        guard.remember(GuardGrade.CERTAIN, identity, tries, Set.of(recipients));
    }

    private EarlierTries earlier(RetryGuard.MessageIdentity identity, String... recipients) {
        return guard.earlier(GuardGrade.CERTAIN, identity, Set.of(recipients));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static RetryGuard.MessageIdentity identity(MimeMessage message, String id, String digest) {
        return new RetryGuard.MessageIdentity(SCOPE, message, id, digest);
    }

    private static MimeMessage message() {
        return Mail.message(Session.getInstance(new Properties()), A);
    }

    private static String[] recipients(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "r" + i + "@example.net")
                .collect(Collectors.toList())
                .toArray(new String[0]);
    }
}
