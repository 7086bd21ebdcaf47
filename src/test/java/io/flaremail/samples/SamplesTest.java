package io.flaremail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.samples.outbox.OutboxDemo;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Runs every sample as its reader would. */
@ResourceLock(Resources.SYSTEM_OUT)
class SamplesTest {

    @Test
    void firstMessageArrives() throws Exception {
        String printed = printed(FirstMessage::main);
        assertShows(printed, "Subject: First message");
        assertShows(printed, "Hello from plain Jakarta Mail");
    }

    @Test
    void eachFailureSaysWhatToDoNext() throws Exception {
        String printed = printed(WhenSendingFails::main);
        assertShows(printed, "Cloudflare refused 1 of 2 recipients");
        assertShows(printed, "  sent:    [grace@example.org]");
        assertShows(printed, "  invalid: [bounce@example.org]\n  -> CORRECT_SOMETHING");
        assertShows(printed, "  again in 90 s\n  -> TRY_AGAIN_LATER");
        assertShows(printed, "it may have been accepted");
        assertShows(printed, "-> ASK_A_PERSON");
    }

    @Test
    void unreachableApiCanBeTriedLater() throws Exception {
        assertEquals(WhenSendingFails.Next.TRY_AGAIN_LATER, WhenSendingFails.send(messageToNowhere()));
    }

    private static MimeMessage messageToNowhere() throws MessagingException {
        try (Sandbox closedAgain = Sandbox.start()) {
            return SandboxMail.message(SandboxMail.properties(closedAgain), "grace@example.org");
        }
    }

    @Test
    void outboxTriesAgainParksAndFollows() throws Exception {
        String printed = printed(OutboxDemo::main);
        assertShows(printed, "unknown, but accepted: 1\noutbox.accepted:\noutbox.delivered:\n");
        for (String delivered : List.of("throttled", "unanswered", "ada")) {
            assertShows(printed, "  " + delivered + "@example.org \n");
        }
        assertShows(printed, "outbox.bounced:\n  bounce@example.org Cloudflare refused 1 of 1 recipients");
        assertShows(printed, "  bounce-later@example.org 550 5.1.1 User unknown\n");
        assertShows(printed, "outbox.complained:\n  complain@example.org complaint\n");
        assertShows(
                printed,
                "outbox:\noutbox.refused:\n  [bounce-later@example.org] after 0: on the do-not-send list: 550");
        assertShows(printed, "outbox.unknown:\n  [lost@example.org] after 1: No usable answer");
    }

    @Test
    void listenerHearsIdAndRecipients() throws Exception {
        String printed = printed(WhatBecameOfIt::main);
        assertTrue(printed.matches("(?s)accepted as  <\\w{36}@example\\.com>\n.*"), printed);
        assertShows(printed, "ACCEPTED  grace@example.org");
        assertShows(printed, "QUEUED  queued@example.org");
    }

    @Test
    void domainIsOnboardedAndSendsAtOnce() throws Exception {
        String printed = printed(Administration::main);
        assertShows(printed, "ready\n");
        assertShows(printed, "suppressed: [gone@example.org]");
        assertShows(printed, "messages in Grace's mailbox: 1");
    }

    @Test
    void stagingGetsWhatOthersWereMeantToGet() throws Exception {
        String printed = printed(Staging::main);
        assertShows(printed, "messages in Grace's mailbox: 0");
        assertShows(
                printed,
                "X-Flaremail-Intended-Recipients: grace@example.org,\n alan@example.net,\n confidant@example.net\n");
        assertShows(printed, "To: grace@example.org, alan@example.net\n");
    }

    @Test
    void theListenerHearsHowOftenItWasTried() throws Exception {
        assertEquals(
                "Throttled once:\nattempts: 2, the last was HTTP 200\n"
                        + "Told to wait longer than the deadline, so not waited for:\n"
                        + "attempts: 1, the last was HTTP 429\nagain in 30 s\nmessages in Grace's mailbox: 1\n",
                printed(RetriesAndDeadline::main));
    }

    @Test
    void applicationTestsPass() throws Exception {
        String printed = printed(TestingYourApp::main);
        assertShows(printed, "not sent while the service throttles");
        assertShows(printed, "received: A sample");
    }

    @Test
    void codeThatSaysSmtpGoesThroughCloudflare() throws Exception {
        assertShows(printed(HardCodedSmtp::main), "messages in Grace's mailbox: 1");
    }

    private interface Sample {
        void main(String[] args) throws Exception;
    }

    private static String printed(Sample sample) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            sample.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static void assertShows(String printed, String text) {
        assertTrue(printed.contains(text), printed);
    }
}
