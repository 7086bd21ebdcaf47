package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.WebElement;

/** The inbox in Chromium, as a developer uses it and as hostile mail meets it. */
@Timeout(300)
class InboxIT {
    private static final String OTHER = "f".repeat(32);

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Path downloads;

    /** Requests that a browser makes to another server, such as that of a tracker. */
    private final List<String> remoteRequests = new CopyOnWriteArrayList<>();

    private HttpServer remote;
    private Sandbox sandbox;
    private TestClient client;

    @BeforeAll
    static void startBrowser() throws IOException {
        downloads = Files.createDirectory(folder.resolve("downloads"));
        browser = Browser.start(folder.resolve("profile"), downloads);
        browser.windowSize();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        remote = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        remote.createContext("/", exchange -> {
            remoteRequests.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        remote.start();
        sandbox = Sandbox.builder()
                .otherAccount(OTHER, "other-token")
                .eventDelay(Duration.ZERO)
                .start();
        client = new TestClient(sandbox);
        browser.size(1200);
        browser.scheme("light");
    }

    @AfterEach
    void stop() {
        remote.stop(0);
        sandbox.close();
    }

    private String elsewhere() {
        return "http://127.0.0.1:" + remote.getAddress().getPort();
    }

    private void send(String subject, String body, String... to) throws Exception {
        String mime = "From: ada@example.com\r\nSubject: " + subject + "\r\n" + body;
        assertEquals(200, client.send(mime, List.of(to)).statusCode());
    }

    private void sendHtml(String subject, String html) throws Exception {
        send(subject, "Content-Type: text/html; charset=UTF-8\r\n\r\n" + html + "\r\n", "grace@example.org");
    }

    private void open() {
        browser.open(sandbox.inbox());
    }

    private static String subjects() {
        return (String)
                browser.script("[...document.querySelectorAll('#list .subject')].map(e => e.textContent).join(', ')");
    }

    private static void awaitSubjects(String expected) {
        browser.await(expected, "[...document.querySelectorAll('#list .subject')].map(e => e.textContent).join(', ')");
    }

    @Test
    void messagesAppearWithoutAReload() throws Exception {
        open();
        assertTrue(browser.text("#properties").contains("mail.cloudflare.account=" + sandbox.account()));
        assertFalse(browser.text("body").contains(sandbox.token()));
        browser.script("window.notReloaded = true");
        send("Welcome", "\r\nHello", "grace@example.org", "bounce@example.org");
        awaitSubjects("Welcome");
        assertEquals("bounced", browser.text("#list .state"));
        send("Order 17", "\r\nHello", "grace@example.org");
        awaitSubjects("Order 17, Welcome");
        browser.await("New message: Order 17", "document.getElementById('status').textContent");
        assertEquals(true, browser.script("window.notReloaded"));
    }

    @Test
    void everythingOfAMessage() throws Exception {
        send(
                "=?utf-8?q?Gr=C3=BC=C3=9Fe?=",
                "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nSome text\r\n"
                        + "--x\r\nContent-Type: text/html\r\n\r\n<h2>A heading</h2>\r\n"
                        + "--x\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1;2\r\n--x--\r\n",
                "complain@example.org");
        open();
        browser.click("#list a");
        assertEquals("Gr\u00fc\u00dfe", browser.text("#subject"));
        browser.await(
                "complain@example.org accepted \u2192 delivered \u2192 complained",
                "document.querySelector('.recipients').textContent");
        assertEquals(
                "A heading",
                browser.inFrame(frame -> frame.findElement(By.tagName("h2")).getText()));
        browser.clickTab("Text");
        browser.await("Some text", "document.querySelector('#part pre')?.textContent");
        browser.clickTab("Headers");
        browser.await(true, "document.querySelector('#part table')?.textContent.includes('multipart/mixed')");
        browser.clickTab("Raw");
        browser.await(true, "document.querySelector('#part pre')?.textContent.includes('=?utf-8?q?Gr=C3=BC=C3=9Fe?=')");
        browser.clickTab("Request");
        browser.await(true, "document.querySelector('#part')?.textContent.includes('\"success\": true')");
        String exchange = browser.text("#part");
        assertTrue(exchange.contains("send_raw") && exchange.contains("Authorization: Bearer (hidden)"), exchange);
        assertFalse(exchange.contains(sandbox.token()), exchange);
        browser.clickTab("Attachments (1)");
        browser.clickTab("a.csv");
        Path file = downloads.resolve("a.csv");
        browser.await("a.csv", "document.querySelector('#part a').textContent");
        for (int i = 0; i < 300 && !Files.exists(file); i++) {
            Thread.sleep(100); // a download has no event to wait for
        }
        assertEquals("1;2", Files.readString(file));
    }

    @Test
    void remoteContentOnlyWhenAskedFor() throws Exception {
        sendHtml("Tracked", "<img src=\"" + elsewhere() + "/pixel.png\"><h2>Hi</h2>");
        open();
        browser.click("#list a");
        assertEquals(
                "Hi",
                browser.inFrame(frame -> frame.findElement(By.tagName("h2")).getText()));
        assertEquals(List.of(), remoteRequests);
        browser.click("#part button");
        for (int i = 0; i < 300 && remoteRequests.isEmpty(); i++) {
            Thread.sleep(100); // the request is what is waited for
        }
        assertEquals(List.of("/pixel.png"), remoteRequests);
    }

    @Test
    void hostileMailDoesNothing() throws Exception {
        String call = "alert(1);top.name='hit';parent.document.title='hit'";
        sendHtml(
                "<img src=x onerror=\"" + call.replace("\"", "'") + "\"> <script>" + call + "</script>",
                "<meta http-equiv=refresh content=\"0;url=" + elsewhere() + "/refresh\"><link rel=stylesheet href="
                        + elsewhere()
                        + "/style.css><link rel=prefetch href=" + elsewhere() + "/prefetch><style>@import '"
                        + elsewhere()
                        + "/import.css'; body{background:url(" + elsewhere() + "/background.png)}</style><script>"
                        + call
                        + "</script><img src=x onerror=\"" + call + "\"><svg onload=\"" + call + "\"><image href=\""
                        + elsewhere()
                        + "/svg.png\"/></svg><iframe src=\"" + elsewhere() + "/frame\"></iframe><object data=\""
                        + elsewhere()
                        + "/object\"></object><video src=\"" + elsewhere()
                        + "/video\" autoplay></video><form id=f action=\""
                        + elsewhere() + "/form\"><button id=b>Post</button></form><a id=top target=_top href=\""
                        + elsewhere()
                        + "/top\">Top</a> <a id=js href=\"javascript:" + call.replace("\"", "'")
                        + "\">Script</a><base href=\"" + elsewhere() + "\"><h2>End</h2>");
        open();
        String page = browser.driver().getCurrentUrl();
        browser.click("#list a");
        assertEquals(
                "End",
                browser.inFrame(frame -> frame.findElement(By.tagName("h2")).getText()));
        browser.inFrame(frame -> {
            frame.findElement(By.id("b")).click();
            frame.findElement(By.id("js")).click();
            return frame.findElement(By.id("top")).isDisplayed();
        });
        browser.clickTab("Headers");
        browser.clickTab("Raw");
        browser.clickTab("HTML");
        assertEquals("", browser.script("window.name"));
        assertEquals("(1) Flaremail sandbox", browser.script("document.title"));
        assertTrue(browser.driver().getCurrentUrl().startsWith(page));
        assertEquals(0L, browser.script("document.querySelectorAll('img, #list script, #message script').length"));
        try {
            browser.driver().switchTo().alert();
            throw new AssertionError("a dialog is open");
        } catch (NoAlertPresentException expected) {
            // as it should be
        }
        assertEquals(List.of(), remoteRequests);
    }

    /** Its links are for people: they open a window of their own. */
    @Test
    void aLinkOfAMessageLeavesTheInboxWhereItIs() throws Exception {
        sendHtml("Link", "<a id=top target=_top href=\"" + elsewhere() + "/link\">Link</a>");
        open();
        browser.click("#list a");
        String page = browser.driver().getCurrentUrl();
        browser.inFrame(frame -> {
            frame.findElement(By.id("top")).click();
            return null;
        });
        assertEquals(page, browser.driver().getCurrentUrl());
    }

    @Test
    void search() throws Exception {
        send("Welcome", "\r\nHello Grace", "grace@example.org");
        send("Order 17", "\r\n17 pieces", "kim@example.net");
        open();
        awaitSubjects("Order 17, Welcome");
        browser.await("#q").sendKeys("hel");
        awaitSubjects("Welcome");
        browser.await("#q").sendKeys(Keys.chord(Keys.CONTROL, "a"), "example.net");
        awaitSubjects("Order 17");
        browser.await("#q").sendKeys(Keys.chord(Keys.CONTROL, "a"), "nothing like this");
        awaitSubjects("");
        assertEquals("No message has these words.", browser.text("#empty-text"));
        browser.await("#q").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        awaitSubjects("Order 17, Welcome");
    }

    @Test
    void byKeyboardAlone() throws Exception {
        send("One", "\r\nfirst text", "grace@example.org");
        send("Two", "\r\nsecond text", "grace@example.org");
        open();
        awaitSubjects("Two, One");
        browser.type("/", "first");
        awaitSubjects("One");
        browser.type(Keys.ARROW_DOWN);
        browser.type(Keys.ENTER);
        browser.await("One", "document.getElementById('subject').textContent");
        browser.await("subject", "document.activeElement.id");
        browser.type(Keys.ESCAPE);
        browser.await("messages", "document.body.dataset.view");
        browser.type("/", Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        awaitSubjects("Two, One");
        browser.type(Keys.ESCAPE);
        browser.type("j", "j");
        browser.await("One", "document.activeElement.querySelector('.subject')?.textContent");
        browser.type("k");
        browser.await("Two", "document.activeElement.querySelector('.subject')?.textContent");
        browser.type(Keys.ENTER);
        browser.await("Two", "document.getElementById('subject').textContent");
        // From the subject on, each control and link of the message can be reached, and the focus can be seen.
        for (String expected : List.of("Message (.eml)", "Message and request (.zip)", "Delete", "Text", "Headers")) {
            browser.tab();
            browser.await(expected, "document.activeElement.textContent");
            assertEquals(
                    true, browser.script("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), expected);
        }
        browser.type(Keys.ENTER);
        browser.await(true, "document.querySelector('#part table')?.textContent.includes('Subject')");
    }

    @Test
    void deleteAndReset() throws Exception {
        send("One", "\r\ntext", "grace@example.org");
        send("Two", "\r\ntext", "grace@example.org");
        open();
        browser.click("#list a");
        browser.click("#envelope .danger");
        browser.click("#confirm button[value=no]");
        assertEquals("Two, One", subjects());
        browser.click("#envelope .danger");
        browser.click("#confirm-yes");
        awaitSubjects("One");
        assertEquals(1, sandbox.mailbox("grace@example.org").size());
        browser.click("#delete-all");
        browser.click("#confirm-yes");
        awaitSubjects("");
        sandbox.suppress("eve@example.org");
        browser.click("[data-nav=suppressions]");
        browser.await(true, "document.getElementById('panel-body').textContent.includes('eve@example.org')");
        browser.click("[data-nav=controls]");
        browser.click("#panel .danger");
        browser.click("#confirm-yes");
        browser.await("Reset", "document.getElementById('status').textContent");
        assertEquals(List.of(), sandbox.suppressions());
    }

    @Test
    void faultsFatesAndTheClock() throws Exception {
        open();
        browser.click("[data-nav=controls]");
        browser.await("#fault").sendKeys("throttled");
        browser.click("#panel form button");
        browser.await(true, "document.getElementById('panel-body').textContent.includes('Clear')");
        assertEquals(429, client.send("grace@example.org").statusCode());
        browser.await(false, "document.getElementById('panel-body').textContent.includes('Clear')");
        browser.await("#address").sendKeys("grace@example.org");
        browser.await("#fate").sendKeys("queued");
        browser.click("#panel form:nth-of-type(2) button");
        browser.await(true, "document.querySelector('#panel-body table')?.textContent.includes('queued')");
        assertEquals(200, client.send("grace@example.org").statusCode());
        assertEquals("queued", sandbox.messages().list().get(0).outcome("grace@example.org"));
        browser.click("#panel div.row button");
        browser.await(true, "document.getElementById('status').textContent.startsWith('The clock is ')");
        assertEquals(200, client.send("ada@example.org").statusCode());
        Duration ahead = Duration.between(
                java.time.Instant.now(), sandbox.messages().list().get(1).receivedAt());
        assertTrue(ahead.toMinutes() >= 59, ahead.toString());
    }

    @Test
    void dnsRecordsCanBeCopied() throws Exception {
        open();
        browser.cdp(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        browser.click("[data-nav=domains]");
        WebElement copy = browser.await("button[aria-label='Copy the content of TXT cf-bounce.example.com']");
        copy.click();
        browser.await("Copied", "document.getElementById('status').textContent");
        assertEquals(
                "v=spf1 include:_spf.mx.cloudflare.net ~all",
                browser.asyncScript("navigator.clipboard.readText().then(arguments[0], e => arguments[0](String(e)))"));
    }

    @Test
    void accountsAreApart() throws Exception {
        send("Of the first", "\r\ntext", "grace@example.org");
        open();
        awaitSubjects("Of the first");
        WebElement choice = browser.await("#account");
        choice.findElement(By.cssSelector("option[value='" + OTHER + "']")).click();
        awaitSubjects("");
        assertTrue(browser.text("#properties").contains("mail.cloudflare.account=" + OTHER));
        choice.findElement(By.cssSelector("option[value='" + sandbox.account() + "']"))
                .click();
        awaitSubjects("Of the first");
    }

    @Test
    void manyMessages() throws Exception {
        for (int i = 1; i <= 250; i++) {
            send("Number " + i, "\r\ntext", "grace@example.org");
        }
        open();
        browser.await(100L, "document.querySelectorAll('#list a').length");
        assertEquals("250 messages", browser.text("#count"));
        browser.click("#more");
        browser.await(200L, "document.querySelectorAll('#list a').length");
        browser.click("#more");
        browser.await(250L, "document.querySelectorAll('#list a').length");
        assertFalse(browser.driver().findElement(By.id("more")).isDisplayed());
    }

    /** No violation that axe-core calls serious or critical, and no sideways scrolling. */
    @ParameterizedTest
    @CsvSource({"light, 1200", "dark, 1200", "light, 380", "dark, 380"})
    void eachViewIsAccessible(String scheme, int width) throws Exception {
        browser.scheme(scheme);
        browser.size(width);
        open();
        check("empty", scheme, width);
        for (String to : List.of("grace", "bounce", "queued", "complain", "suppressed")) {
            send(
                    "A message to " + to + " with a subject that is much longer than the list is wide",
                    "Content-Type: text/html\r\n\r\n<h2>Hello</h2>" + "<p>Some text</p>".repeat(10) + "\r\n",
                    to + "@example.org",
                    "a.very.long.address.that.does.not.fit.into.the.list@subdomain.example.org");
        }
        sandbox.suppress("eve@example.org");
        client.call("POST", "/accounts/{account}/queues", "{\"queue_name\":\"events\"}");
        sandbox.fail(Fault.error(ApiError.THROTTLED));
        awaitSubjects(subjectsOf("suppressed", "complain", "queued", "bounce", "grace"));
        check("list", scheme, width);
        browser.click("#list a");
        browser.await("#part iframe");
        check("message", scheme, width);
        for (String tab : List.of("Text", "Headers", "Raw", "Request")) {
            browser.clickTab(tab);
            browser.await(tab, "document.querySelector('#tabs [aria-current]')?.textContent");
            check(tab.toLowerCase(java.util.Locale.ROOT), scheme, width);
        }
        for (String panel : List.of("domains", "suppressions", "queues", "controls")) {
            browser.click("[data-nav=" + panel + "]");
            browser.await(true, "document.getElementById('panel-body').childElementCount > 0");
            check(panel, scheme, width);
        }
    }

    private static String subjectsOf(String... to) {
        return String.join(
                ", ",
                List.of(to).stream()
                        .map(each ->
                                "A message to " + each + " with a subject that is much longer than the list is wide")
                        .toList());
    }

    private static void check(String view, String scheme, int width) throws IOException {
        browser.screenshot(view + "-" + scheme + "-" + width);
        assertEquals("", browser.violations(), view);
        assertEquals(true, browser.script("document.documentElement.scrollWidth <= window.innerWidth"), view);
    }

    /** The same page, at another name: the sandbox refuses it, so the page of an attacker cannot become the inbox's. */
    @Test
    void underAnotherName() throws Exception {
        URI inbox = sandbox.inbox();
        browser.driver().get("http://attacker.example:" + inbox.getPort() + "/");
        String page = browser.driver().getPageSource();
        assertTrue(page.contains("Host: expected 127.0.0.1 or localhost"), page);
        browser.open(URI.create("http://localhost:" + inbox.getPort() + "/"));
        assertTrue(new String(client.own("GET", "/state").body(), StandardCharsets.UTF_8).contains("revision"));
    }
}
