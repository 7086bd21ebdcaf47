package io.flaremail.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The inbox as a developer uses it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class InboxIT {
    @TempDir
    private static Path folder;

    private static Browser browser;

    private final Sandbox sandbox = Sandbox.builder()
            .eventDelay(Duration.ofHours(1))
            .domain("example.com")
            .domain("news.example.com")
            .start();
    private final Mail mail = new Mail(sandbox);

    @BeforeAll
    static void start() {
        browser = Browser.start(folder);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        browser.emulate("light", 1280, 800);
        show("");
        browser.awaitText("#live", "Live");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void show(String view) {
        browser.open("about:blank");
        browser.open(sandbox.endpoint().resolve("/") + view);
    }

    private void awaitRows(int count) {
        browser.await("document.querySelectorAll('a.row').length === " + count);
    }

    @Test
    void messagesAppearWithoutReload() throws Exception {
        browser.awaitText(".empty", "No messages yet");
        browser.awaitText(".empty pre", "mail.cloudflare.endpoint=" + sandbox.endpoint());
        browser.awaitText(".empty pre", "mail.cloudflare.account=" + sandbox.account());
        assertFalse(browser.text("body").contains(sandbox.token()));
        browser.script("window.marker = 'not reloaded'");
        mail.send("Welcome", "Hello", "grace@example.org", "bounce@example.org");
        browser.awaitText("a.row", "Welcome");
        assertEquals(List.of("1 accepted", "1 bounced"), browser.texts("a.row .chip"));
        mail.send("Second", "Hello", "grace@example.org");
        browser.awaitText("#messages li:first-child", "Second");
        browser.awaitText("#announcement", "New message: Second");
        assertEquals("2 messages", browser.text("#list-count"));
        sandbox.advanceClock(Duration.ofHours(1));
        browser.awaitText("#messages li:first-child .chip", "delivered");
        assertEquals("not reloaded", browser.script("return window.marker"));
    }

    private static final String REPORT = """
            From: Ada <ada@example.com>
            To: grace@example.org
            Subject: Report
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain

            The plain text
            --a
            Content-Type: text/html

            <h1>The report</h1><img src="cid:dot@x" alt="dot"><a href="%1$s">More</a>
            --a--
            --m
            Content-Type: image/gif
            Content-ID: <dot@x>
            Content-Disposition: inline; filename=dot.gif
            Content-Transfer-Encoding: base64

            R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7
            --m
            Content-Type: text/csv
            Content-Disposition: attachment; filename=report.csv

            1;2
            --m--
            """;

    @Test
    void aMessageInAllItsForms() throws Exception {
        mail.sendRaw(REPORT, "grace@example.org", "hidden@example.org");
        browser.click("a.row");
        browser.awaitText("#subject", "Report");
        browser.awaitText(".facts", "Ada <ada@example.com>");
        assertEquals(List.of("grace@example.org", "hidden@example.org bcc"), browser.texts(".recipients .address"));
        browser.enterFrame();
        browser.awaitText("h1", "The report");
        browser.await("document.images[0].naturalWidth === 1");
        browser.leaveFrame();
        browser.click("#tab-text");
        browser.awaitText("#tab-panel pre", "The plain text");
        browser.click("#tab-headers");
        browser.awaitText("#tab-panel tr", "multipart/mixed");
        browser.click("#tab-raw");
        browser.awaitText("#tab-panel pre", "--m--");
        browser.click("#tab-attachments");
        browser.awaitText("#tab-panel li", "cid:dot@x");
        browser.click("#tab-request");
        browser.awaitText(
                "#tab-panel .start-line", "POST /client/v4/accounts/" + sandbox.account() + "/email/sending/send_raw");
        browser.awaitText("#tab-panel .fields", "Bearer (hidden)");
        browser.awaitText("#tab-panel .start-line", "HTTP 200");
        browser.awaitText("#tab-panel pre", "\"message_id\"");
        assertFalse(((String) browser.script("return document.documentElement.outerHTML")).contains(sandbox.token()));
        assertTrue(((String) browser.script("return location.hash")).endsWith("/request"));
    }

    @Test
    void anAttachmentIsDownloaded() throws Exception {
        mail.sendRaw(REPORT, "grace@example.org");
        browser.click("a.row");
        browser.click("#tab-attachments");
        Files.createDirectories(browser.downloads());
        try (WatchService watch = browser.downloads().getFileSystem().newWatchService()) {
            browser.downloads()
                    .register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            browser.clickText("report.csv");
            Path file = browser.downloads().resolve("report.csv");
            for (int i = 0; i < 10 && (!Files.exists(file) || Files.size(file) == 0); i++) {
                WatchKey key = watch.poll(30, TimeUnit.SECONDS);
                assertNotNull(key, "nothing was downloaded");
                key.pollEvents();
                key.reset();
            }
            assertEquals("1;2", Files.readString(file).trim());
        }
    }

    @Test
    void search() throws Exception {
        mail.send("Welcome", "Hello", "grace@example.org");
        mail.send("Order 17", "Two pens", "alan@example.net");
        awaitRows(2);
        browser.find("#search").sendKeys("pens");
        awaitRows(1);
        browser.awaitText("a.row", "Order 17");
        browser.awaitText("#list-count", "1 match");
        browser.find("#search").sendKeys(" and ink");
        browser.awaitText("#list-end", "No message matches");
        browser.find("#search").sendKeys(Keys.ESCAPE);
        awaitRows(2);
    }

    @Test
    void theKeyboardIsEnough() throws Exception {
        for (String subject : List.of("One", "Two", "Three")) {
            mail.send(subject, "Text of " + subject, "grace@example.org");
        }
        awaitRows(3);
        browser.type(Keys.TAB);
        assertEquals("Skip to content", focused());
        browser.type(Keys.ENTER);
        assertEquals("content", browser.script("return document.activeElement.id"));
        browser.type("j");
        browser.await("document.activeElement.innerText.includes('Three')");
        assertTrue(((Number) browser.script("return parseFloat(getComputedStyle(document.activeElement).outlineWidth)"))
                        .doubleValue()
                >= 2);
        browser.type(Keys.ARROW_DOWN);
        browser.type("j");
        browser.await("document.activeElement.innerText.includes('One')");
        browser.type("k");
        browser.type(Keys.ENTER);
        browser.awaitText("#subject", "Two");
        browser.await("document.activeElement.id === 'subject'");
        browser.find("[role=tab][aria-selected=true]").sendKeys(Keys.ARROW_RIGHT);
        browser.await("document.activeElement.id === 'tab-headers' && document.activeElement.ariaSelected === 'true'");
        browser.type(Keys.ESCAPE);
        browser.await("document.activeElement.innerText.includes('Two') && location.hash === '#/'");
        browser.type("/");
        assertEquals("search", browser.script("return document.activeElement.id"));
        browser.type("text of one", Keys.ENTER);
        awaitRows(1);
        browser.await("document.activeElement.matches('a.row')");
        browser.type(Keys.ENTER);
        browser.awaitText("#subject", "One");
    }

    private static String focused() {
        return (String) browser.script("return document.activeElement.innerText");
    }

    @Test
    void narrowWindows() throws Exception {
        browser.emulate("dark", 380, 760);
        mail.send(
                "A subject that is much longer than a narrow window is wide, " + "so".repeat(100),
                "Hello",
                "grace" + "x".repeat(50) + "@example.org");
        awaitRows(1);
        assertFits();
        browser.click("a.row");
        browser.awaitText("#subject", "A subject");
        assertFits();
        browser.await("document.querySelector('#list').getBoundingClientRect().width === 0");
        browser.clickText("← Back");
        browser.await("document.querySelector('#list').getBoundingClientRect().width > 300");
    }

    private static void assertFits() {
        assertEquals(
                true,
                browser.script(
                        "return document.documentElement.scrollWidth <= innerWidth && document.querySelector('main').scrollWidth <= innerWidth"));
    }

    @Test
    void deletesOneOrAllOrEverything() throws Exception {
        for (String subject : List.of("One", "Two", "Three")) {
            mail.send(subject, "Text", "grace@example.org");
        }
        awaitRows(3);
        browser.click("a.row");
        browser.awaitText("#subject", "Three");
        browser.clickText("Delete");
        awaitRows(2);
        assertEquals(2, sandbox.messages().list().size());
        browser.click("#delete-all");
        browser.awaitText("#question", "Delete all 2 messages?");
        browser.clickText("Cancel");
        assertEquals(2, sandbox.messages().list().size());
        browser.click("#delete-all");
        browser.click("#question-yes");
        browser.awaitText("#list-end", "No messages yet");
        assertEquals(0, sandbox.messages().list().size());
        mail.send("Four", "Text", "grace@example.org");
        sandbox.suppress("left@example.org");
        browser.awaitText("#nav", "Suppressions 1");
        browser.click("[data-view=controls]");
        browser.clickText("Reset the sandbox");
        browser.click("#question-yes");
        browser.awaitText("#announcement", "Sandbox reset");
        assertEquals(0, sandbox.messages().list().size());
        assertEquals(0, sandbox.suppressions().size());
        browser.await("!document.querySelector('#nav').innerText.includes('1')");
    }

    @Test
    void anOpenMessageThatIsDeletedElsewhere() throws Exception {
        mail.send("One", "Text", "grace@example.org");
        browser.click("a.row");
        browser.awaitText("#subject", "One");
        sandbox.reset();
        browser.awaitText("#view", "This message was deleted");
    }

    @Test
    void domainsWithRecordsToCopy() throws Exception {
        browser.grantClipboard(sandbox.endpoint().resolve("/").toString());
        sandbox.dns().remove("TXT", "_dmarc.news.example.com");
        browser.click("[data-view=domains]");
        browser.await("document.querySelectorAll('.panel .card').length === 2");
        assertEquals(List.of("example.com", "news.example.com"), browser.texts(".panel h2"));
        browser.awaitText(".panel .card:last-child", "DNS misconfigured");
        browser.click("[aria-label='Copy the content of MX cf-bounce.example.com']");
        browser.awaitText("button", "Copied");
        assertEquals("route1.mx.cloudflare.net", clipboard());
        browser.click("[aria-label='Copy all records of example.com as a zone file']");
        browser.awaitText(".panel .card .card-head", "Copied");
        String zone = clipboard();
        assertTrue(zone.startsWith("cf-bounce.example.com. 300 IN MX 10 route1.mx.cloudflare.net.\n"), zone);
        assertTrue(
                zone.contains("cf-bounce.example.com. 300 IN TXT \"v=spf1 include:_spf.mx.cloudflare.net ~all\"\n"),
                zone);
        assertEquals(6, zone.lines().count());
        assertTrue(
                zone.lines()
                        .flatMap(line -> java.util.Arrays.stream(line.split("\"")))
                        .allMatch(part -> part.length() <= 255),
                zone);
        sandbox.enable("third.example.com");
        browser.awaitText(".panel h2", "third.example.com");
    }

    private static String clipboard() {
        browser.await(
                "navigator.clipboard.readText().then(text => window.copied = text) && window.copied !== undefined");
        return (String) browser.script("const text = window.copied; delete window.copied; return text");
    }

    @Test
    void faultsAreQueuedSeenAndCleared() throws Exception {
        browser.click("[data-view=controls]");
        browser.awaitText(".queued", "No fault is queued");
        browser.find(".panel select").sendKeys("sending-disabled");
        browser.find(".panel input[type=number]").sendKeys(Keys.chord(Keys.CONTROL, "a"), "3");
        browser.clickText("Queue fault");
        browser.awaitText(".queued", "sending-disabled 3 times, sends");
        browser.awaitText("[data-view=controls]", "Controls 3");
        assertThrows(MessagingException.class, () -> mail.send("Refused", "Text", "grace@example.org"));
        browser.awaitText(".queued", "sending-disabled 2 times, sends");
        browser.clickText("Clear faults");
        browser.awaitText(".queued", "No fault is queued");
        mail.send("Accepted", "Text", "grace@example.org");
        browser.awaitText("[data-view=inbox]", "Inbox 1");
    }

    @Test
    void requestsThatWereRefused() throws Exception {
        mail.send("Accepted", "Text", "grace@example.org");
        browser.click("[data-view=requests]");
        browser.awaitText(".panel details", "HTTP 200");
        sandbox.fail(Fault.error(403, 10203, "email.sending.error.email.sending_disabled"));
        assertThrows(MessagingException.class, () -> mail.send("Refused", "The text", "grace@example.org"));
        browser.awaitText("[data-view=requests]", "1 refused");
        browser.awaitText(".panel details:first-child", "HTTP 403");
        browser.click(".panel details:first-child summary");
        browser.awaitText(".panel details:first-child pre", "The text");
        browser.awaitText(".panel details:first-child .fields", "Bearer (hidden)");
        mail.send("Third", "Text", "grace@example.org");
        browser.await("document.querySelectorAll('.panel details').length === 3");
        browser.awaitText(".panel details:nth-child(2) pre", "The text");
        browser.click(".panel details:first-child summary");
        browser.clickText("Open the message");
        browser.awaitText("#subject", "Third");
    }

    @Test
    void theOutcomeOfAnAddressAndTheClock() throws Exception {
        browser.click("[data-view=controls]");
        browser.find("input[type=email]").sendKeys("grace@example.org");
        browser.clickText("Choose");
        browser.awaitText(".plain", "grace@example.org → bounce");
        mail.send("Bounces", "Text", "grace@example.org");
        assertEquals("bounced", sandbox.messages().list().get(0).outcome("grace@example.org"));
        browser.clickText("+ 1 day");
        browser.awaitText(".panel .card", "The clock is 1 day ahead");
        browser.clickText("Remove");
        browser.await("!document.body.innerText.includes('grace@example.org →')");
    }

    @Test
    void accountsAreKeptApart() throws Exception {
        assertEquals(true, browser.script("return document.querySelector('#account-chooser').hidden"));
        String other = "f".repeat(32);
        try (Sandbox two = Sandbox.builder().otherAccount(other, "other-token").start()) {
            new Mail(two).send("Of the first", "Text", "grace@example.org");
            new Mail(two, other, "other-token").send("Of the other", "Text", "grace@example.org");
            browser.open(two.endpoint().resolve("/").toString());
            browser.awaitText("a.row", "Of the first");
            awaitRows(1);
            browser.find("#account").sendKeys(other);
            browser.awaitText("a.row", "Of the other");
            awaitRows(1);
            browser.click("a.row");
            browser.awaitText("#tab-panel pre", "Text");
            browser.click("[data-view=connect]");
            browser.awaitText(".card pre", "mail.cloudflare.account=" + other);
        }
    }

    /** Of thousands of messages some hundreds are in the page, and of a huge one the beginning. */
    @Test
    void manyMessagesAndAHugeOne() throws Exception {
        Bulk.send(sandbox, 10_000);
        mail.send("Huge", "0123456789abcde\n".repeat(250_000), "grace@example.org");
        browser.awaitText("#list-count", "200 of 10,001 messages");
        awaitRows(200);
        browser.clickText("Show more");
        awaitRows(400);
        browser.find("#search").sendKeys("number7");
        browser.awaitText("#list-count", "200 of 1,111 matches");
        browser.find("#search").sendKeys(Keys.ESCAPE);
        browser.awaitText("#messages li:first-child", "Huge");
        browser.click("#messages li:first-child a");
        browser.awaitText("#tab-panel .hint", "The first 200,000 of ");
        assertEquals(200_000L, browser.script("return document.querySelector('#tab-panel pre').textContent.length"));
    }

    /** It asks each second, but not while no one looks. */
    @Test
    void aHiddenTabDoesNotAsk() throws Exception {
        browser.script(
                "Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
                        + "window.rounds = 0; const original = window.setTimeout;"
                        + "window.setTimeout = (run, after) => { window.rounds += after === 1000 ? 1 : 0; return original(run, after); };");
        browser.await("window.rounds >= 1");
        mail.send("Unseen", "Text", "grace@example.org");
        browser.await("window.rounds >= 3");
        assertEquals(List.of(), browser.texts("a.row"));
        browser.script("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'));");
        browser.awaitText("a.row", "Unseen");
    }

    /** The page stays open, and shows the next sandbox on this port. */
    @Test
    void aSandboxThatIsRestarted() throws Exception {
        mail.send("Before", "Text", "grace@example.org");
        awaitRows(1);
        int port = sandbox.endpoint().getPort();
        sandbox.close();
        browser.awaitText("#live", "Not connected");
        try (Sandbox next = Sandbox.builder().port(port).start()) {
            browser.awaitText("#live", "Live");
            awaitRows(0);
            new Mail(next).send("After", "Text", "grace@example.org");
            browser.awaitText("a.row", "After");
        }
    }
}
