package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.DeliveryEvent.Kind;
import io.flaremail.api.Email;
import io.flaremail.api.EventSubscription;
import io.flaremail.api.MessageQueue;
import io.flaremail.bounces.MessageIdFolder;
import io.flaremail.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flaremail events}: set up, looked at, listened to. */
class EventsTest {
    private static final String DOMAIN = "mail.example.com";

    private final Sandbox sandbox = Sandbox.builder()
            .account(Golden.ACCOUNT)
            .token(Golden.TOKEN)
            .zone(Golden.ZONE)
            .zoneName("example.com")
            .domain(DOMAIN)
            .domain("off.example.com")
            .eventDelay(Duration.ZERO)
            .start();
    private final CloudflareEmail client = CloudflareEmail.builder()
            .token(sandbox.token())
            .endpoint(sandbox.endpoint())
            .build();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
    }

    private Run run(String... args) {
        return Run.of(args)
                .with("--endpoint", sandbox.endpoint().toString())
                .environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN)
                .environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT);
    }

    private Run setup(String... more) {
        return run(Stream.concat(Stream.of("events", "setup", "--domain", DOMAIN), Stream.of(more))
                        .toArray(String[]::new))
                .go();
    }

    private Run status(String... more) {
        return run(Stream.concat(Stream.of("events", "status", "--domain", DOMAIN), Stream.of(more))
                        .toArray(String[]::new))
                .go();
    }

    private EventSubscription subscription() throws Exception {
        return client.eventSubscriptions(Golden.ACCOUNT).find(DOMAIN).orElseThrow();
    }

    private void send(String... to) throws Exception {
        Email.Builder letter =
                Email.builder().from("billing@" + DOMAIN).subject("S").text("T");
        for (String each : to) {
            letter.to(each + "@example.org");
        }
        client.sending(Golden.ACCOUNT).send(letter.build());
    }

    private static void assertSays(String text, Run run) {
        assertTrue(run.everything().replaceAll("\\s+", " ").contains(text), run.everything());
    }

    @Test
    void setUpAndSetUpAgain() throws Exception {
        Run first = setup();
        Golden.check("events-setup", first);
        assertEquals(0, first.exit);
        assertEquals(Kind.all(), subscription().getKinds());
        MessageQueue queue = client.queues(Golden.ACCOUNT).find("email-events").orElseThrow();
        assertEquals(
                "email-events-unhandled",
                client.queues(Golden.ACCOUNT)
                        .pullConsumer(queue.getId())
                        .orElseThrow()
                        .getDeadLetterQueue()
                        .orElseThrow());
        int before = sandbox.requests().size();
        Golden.check("events-setup-again", setup());
        assertTrue(
                sandbox.requests().stream()
                        .skip(before)
                        .allMatch(request -> request.method().equals("GET")),
                "nothing is changed");
    }

    @Test
    void setUpMendsWhatIsThere() throws Exception {
        setup();
        String id = subscription().getId();
        client.eventSubscriptions(Golden.ACCOUNT).setEnabled(id, false);
        client.eventSubscriptions(Golden.ACCOUNT).setKinds(id, Set.of(Kind.BOUNCED));
        assertSays("Subscription all kinds of events: done Subscription enabled: done", setup());
        assertEquals(Kind.all(), subscription().getKinds());
        assertTrue(subscription().isEnabled());
    }

    @Test
    void eventsOfAnotherQueueAreMovedOnRequest() throws Exception {
        setup("--queue", "old");
        Run refused = setup("--queue", "new");
        assertEquals(1, refused.exit);
        assertSays(
                "The queue old already receives the events of mail.example.com. Add --move to use new instead.",
                refused);
        assertTrue(client.queues(Golden.ACCOUNT).find("new").isEmpty(), "nothing was created");
        assertEquals(0, setup("--queue", "new", "--move").exit);
        assertSays("Queue new: ok", status());
    }

    @Test
    void aDomainThatCannotSend() {
        Run unknown = run("events", "setup", "--domain", "no.example.com").go();
        assertEquals(1, unknown.exit);
        assertSays("no.example.com is not onboarded. Run: flaremail subdomains create no.example.com", unknown);
        sandbox.disable("off.example.com");
        assertSays(
                "off.example.com is not enabled",
                run("events", "setup", "--domain", "off.example.com").go());
    }

    @Test
    void everyStatus() throws Exception {
        Run absent = status();
        Golden.check("events-status-absent", absent);
        assertEquals(1, absent.exit);
        setup();
        Run live = status();
        Golden.check("events-status-live", live);
        assertEquals(0, live.exit);
        assertSays("events go to the queue email-events, not other", status("--queue", "other"));
        String id = subscription().getId();
        client.eventSubscriptions(Golden.ACCOUNT).setKinds(id, Set.of(Kind.BOUNCED, Kind.COMPLAINED));
        assertSays("the subscription does not include: delivered, deferred, failed, rejected", status());
        client.eventSubscriptions(Golden.ACCOUNT).setEnabled(id, false);
        assertSays("the subscription is disabled", status());
        MessageQueue bare = client.queues(Golden.ACCOUNT).create("bare");
        client.eventSubscriptions(Golden.ACCOUNT).setQueue(id, bare.getId());
        assertSays("the queue has no pull consumer", status());
        client.queues(Golden.ACCOUNT).delete(bare.getId());
        assertSays("the queue of the subscription does not exist", status());
    }

    @Test
    void listening() throws Exception {
        setup();
        send("ada", "bounce-later", "complain");
        Run run = run("events", "listen", "--once").go();
        assertEquals(0, run.exit, run.everything());
        List<String> lines = run.out
                .lines()
                .map(line -> line.replaceAll("<.*?>", "ID").replaceAll("^\\S+", "TIME"))
                .collect(Collectors.toList());
        assertEquals(
                List.of(
                        "TIME  delivered  ada@example.org  ID  250 2.0.0 OK",
                        "TIME  bounced    bounce-later@example.org  ID  550 5.1.1 User unknown",
                        "TIME  delivered  complain@example.org  ID  250 2.0.0 OK",
                        "TIME  complained complain@example.org  ID  abuse"),
                lines);
        assertEquals("", run("events", "listen", "--once").go().out, "they were acknowledged");
    }

    @Test
    void listeningForMachines() throws Exception {
        setup();
        send("ada", "bounce-later");
        Run run = run("events", "listen", "--once", "--json").go();
        List<String> lines = run.out.lines().collect(Collectors.toList());
        assertEquals(2, lines.size(), run.out);
        JsonNode event = new ObjectMapper().readTree(lines.get(1));
        assertEquals("bounce-later@example.org", event.at("/payload/recipient").textValue());
        assertEquals("hard", event.at("/payload/bounce/type").textValue());
    }

    @Test
    void bouncesInAMaildirNameTheOwnId() throws Exception {
        setup();
        send("bounce-later", "ada");
        Path ids = folder.resolve("ids");
        MessageIdFolder.at(ids).add(sandbox.accepted().get(0).messageId(), "<own@shop.example>");
        Path maildir = folder.resolve("bounces");
        Run run = run("events", "listen", "--once", "--bounces", maildir.toString(), "--ids", ids.toString())
                .go();
        assertEquals(0, run.exit, run.everything());
        try (Stream<Path> stored = Files.list(maildir.resolve("new"))) {
            List<Path> all = stored.collect(Collectors.toList());
            assertEquals(1, all.size());
            assertTrue(Files.readString(all.get(0)).contains("\r\nMessage-ID: <own@shop.example>\r\n"));
        }
    }

    @Test
    void bouncesInAnImapFolder() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "imap"));
        mail.start();
        try {
            mail.setUser("app@example.com", "app", "secret");
            setup();
            send("bounce-later");
            String url = "imap://app@127.0.0.1:" + mail.getImap().getPort() + "/INBOX";
            Run wrong = run("events", "listen", "--once", "--bounces", url).go();
            assertEquals(2, wrong.exit);
            assertSays("set the environment variable FLAREMAIL_BOUNCES_PASSWORD", wrong);
            Run run = run("events", "listen", "--once", "--bounces", url)
                    .environment("FLAREMAIL_BOUNCES_PASSWORD", "secret")
                    .go();
            assertEquals(0, run.exit, run.everything());
            assertEquals("Undelivered Mail Returned to Sender", mail.getReceivedMessages()[0].getSubject());
        } finally {
            mail.stop();
        }
    }

    /** An event that was not printed is not acknowledged. */
    @Test
    void aReaderThatLeaves() throws Exception {
        setup();
        send("ada", "bob");
        Run run = run("events", "listen", "--json").closed().go();
        assertEquals(5, run.exit, run.everything());
        assertSays("2 events in the queue", status());
    }

    @Test
    void aFailureEndsOnceWithOne() throws Exception {
        setup();
        send("bounce-later");
        Path ids = Files.createDirectories(folder.resolve("ids"));
        Files.createDirectory(ids.resolve("message-ids-2026-01-01.tsv")); // where a file is expected
        Run run = run(
                        "events",
                        "listen",
                        "--once",
                        "--bounces",
                        folder.resolve("mail").toString(),
                        "--ids",
                        ids.toString())
                .go();
        assertEquals(1, run.exit, run.everything());
        assertSays("Could not handle the event for bounce-later@example.org, will retry", run);
    }

    /** Seen at the start, and not at the first bounce. */
    @Test
    void aMailboxThatCannotBeOpened() throws Exception {
        setup();
        send("bounce-later");
        Run run = run("events", "listen", "--bounces", "imap://app@127.0.0.1:1/INBOX")
                .environment("FLAREMAIL_BOUNCES_PASSWORD", "secret")
                .go();
        assertEquals(1, run.exit, run.everything());
        assertSays("--bounces: imap://app@127.0.0.1:1/INBOX: cannot connect: java.net.ConnectException", run);
        assertSays("1 event in the queue", status());
    }

    @Test
    void aConsumerThatLosesEvents() throws Exception {
        MessageQueue queue = client.queues(Golden.ACCOUNT).create("email-events");
        client.queues(Golden.ACCOUNT).addPullConsumer(queue.getId(), io.flaremail.api.PullConsumer.withDefaults());
        client.eventSubscriptions(Golden.ACCOUNT).create("x", Golden.ZONE, DOMAIN, queue.getId(), Kind.all());
        assertSays("few attempts, or no dead-letter queue", status());
        assertSays("then email-events-unhandled: done", setup());
        assertEquals(0, status().exit);
    }

    @Test
    void mistakes() {
        Run none = run("events", "listen", "--once").go();
        assertEquals(1, none.exit);
        assertSays("Queue email-events not found. Run: flaremail events setup", none);
        assertSays(
                "--ids requires --bounces",
                run("events", "listen", "--ids", "x").go());
        assertSays(
                "--bounces: expected a folder, or imaps://user@host/FOLDER",
                run("events", "listen", "--bounces", "smtp://host/INBOX").go());
        assertSays(
                "--ids: folder nowhere not found",
                run("events", "listen", "--bounces", folder.toString(), "--ids", "nowhere")
                        .go());
        assertSays(
                "--bounces: expected imaps://user@host/FOLDER",
                run("events", "listen", "--bounces", "imaps://host/INBOX")
                        .environment("FLAREMAIL_BOUNCES_PASSWORD", "secret")
                        .go());
    }
}
