package io.flaremail.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail that attacks the reader changes nothing in the inbox, and no server hears of it, until remote content is asked for. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostileMailIT {
    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Sandbox sandbox;
    private static RemoteServer remote;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(folder);
        sandbox = Sandbox.start();
        remote = new RemoteServer();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            sandbox.close();
            remote.close();
        }
    }

    @BeforeEach
    void open() {
        sandbox.reset();
        remote.forget();
        browser.open("about:blank");
        browser.open(sandbox.endpoint().resolve("/").toString());
        browser.awaitText("#live", "Live");
    }

    @AfterEach
    void oneTab() {
        browser.closeOtherTabs();
    }

    /** Opens a message with this HTML, in which REMOTE is the other server, and waits for it to be loaded. */
    private static void show(String html) throws Exception {
        new Mail(sandbox).sendHtml("Hostile", html.replace("REMOTE", remote.url()), "grace@example.org");
        browser.click("a.row");
        browser.enterFrame();
        browser.await("document.readyState === 'complete' && location.pathname.endsWith('/html')");
        browser.leaveFrame();
    }

    private static void assertNothingHappened() {
        assertFalse(browser.hasDialog());
        assertEquals("Inbox · Flaremail sandbox", browser.script("return document.title"));
        assertEquals("", browser.script("return window.name"));
        assertEquals(
                sandbox.endpoint().resolve("/").toString(), browser.script("return location.href.replace(/#.*/, '')"));
        assertEquals("undefined", browser.script("return typeof window.owned"));
        assertEquals(1, browser.tabs());
        assertEquals(Set.of(), remote.requests());
    }

    private static final String OWN =
            "top.owned=1;top.name='owned';top.document.title='owned';alert(1);new Image().src='REMOTE/own'";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>OWN</script>",
                "<script src=REMOTE/s.js></script>",
                "<img src=x onerror=\"OWN\">",
                "<body onload=\"OWN\">",
                "<svg onload=\"OWN\"><script>OWN</script></svg>",
                "<frameset><frame src=REMOTE/frame></frameset>",
                "<svg><image href=REMOTE/i.png /><use href=REMOTE/i.svg#a /><feImage href=REMOTE/f.png /></svg>",
                "<svg><animate onbegin=\"OWN\" attributeName=x dur=1s /><foreignObject><iframe src=REMOTE/f></iframe></foreignObject></svg>",
                "<iframe src=\"javascript:OWN\"></iframe><iframe srcdoc=\"<script>OWN</script>\"></iframe><iframe src=REMOTE/f></iframe>",
                "<object data=REMOTE/o></object><embed src=REMOTE/e><applet code=REMOTE/a></applet>",
                "<meta http-equiv=refresh content=\"0;url=REMOTE/refresh\">",
                "<meta http-equiv=refresh content=\"0;url=javascript:OWN\">",
                "<meta http-equiv=Content-Security-Policy content=\"default-src *; script-src * 'unsafe-inline'\"><script>OWN</script>",
                "<form action=REMOTE/form><input name=a autofocus onfocus=\"OWN\"></form>",
                "<style>@import 'REMOTE/i.css'; body { background: url(REMOTE/bg.png) } @font-face { font-family: x; src: url(REMOTE/x.woff) } p { font-family: x }</style>",
                "<link rel=stylesheet href=REMOTE/l.css><link rel=preconnect href=REMOTE><link rel=dns-prefetch href=REMOTE>",
                "<LINK\nrel=prefetch href=REMOTE/p><link/rel=preload as=image href=REMOTE/p2><link rel=prerender href=REMOTE/p3><link rel=modulepreload href=REMOTE/p4>",
                "<link rel=manifest href=REMOTE/m><link rel=icon href=REMOTE/favicon.ico><link rel='shortcut icon' href=REMOTE/i.ico>",
                "<base href=REMOTE/><img src=pixel.gif><link rel=stylesheet href=style.css>",
                "<img src=REMOTE/a.gif srcset=\"REMOTE/b.gif 2x\"><picture><source srcset=REMOTE/c.gif><img src=REMOTE/d.gif></picture>",
                "<video src=REMOTE/v poster=REMOTE/p.gif autoplay></video><audio src=REMOTE/a autoplay></audio><track src=REMOTE/t>",
                "<body background=REMOTE/b.gif><table background=REMOTE/t.gif><input type=image src=REMOTE/i.gif>",
                "<div style=\"background:url(REMOTE/d.gif);list-style:url(REMOTE/l.gif);content:url(REMOTE/c.gif);cursor:url(REMOTE/u.cur),auto\">x</div>",
                "<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"REMOTE/s\"]}]}</script>",
                "</iframe></body></html><script>OWN</script><img src=REMOTE/after.gif>",
                "<!doctype html><title>owned</title><plaintext>",
                "<div style=\"position:fixed;inset:0;background:red;z-index:99999\">Session expired</div>"
            })
    void nothingHappens(String html) throws Exception {
        show(html.replace("OWN", OWN));
        assertNothingHappened();
        browser.click("#tab-raw");
        browser.awaitText("#tab-panel pre", "Content-Type");
        assertNothingHappened();
        assertEquals(0, remote.connections());
    }

    /** Not even when the reader clicks, though Chromium may connect when the mouse button is pressed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a id=go href=\"javascript:OWN\">x</a>",
                "<a id=go target=_self href=\"javascript:OWN\">x</a>",
                "<a id=go target=_top href=REMOTE/top>x</a>",
                "<a id=go target=_parent href=REMOTE/parent>x</a>",
                "<a id=go target=_self href=REMOTE/self>x</a>",
                "<a id=go target=_top href=REMOTE/top ping=REMOTE/ping>x</a>",
                "<form action=REMOTE/form target=_top><button id=go>x</button></form>",
                "<form><button id=go formaction=\"javascript:OWN\">x</button></form>",
                "<a id=go target=_top href=\"data:text/html,<script>OWN</script>\">x</a>",
                "<svg width=50 height=50><a id=go xlink:href=x href=\"javascript:OWN\"><rect width=50 height=50 /></a></svg>",
                "<a id=go target=_self href=/>x</a>"
            })
    void nothingHappensAfterAClick(String html) throws Exception {
        show(html.replace("OWN", OWN));
        browser.enterFrame();
        browser.click("#go");
        browser.leaveFrame();
        browser.click("#tab-raw");
        browser.awaitText("#tab-panel pre", "Content-Type");
        browser.closeOtherTabs(); // an empty one, for a script that did not run
        assertNothingHappened();
    }

    /** A link opens a tab of its own, which knows neither the inbox nor which page it came from. */
    @Test
    void aLinkOpensATab() throws Exception {
        show("<a id=go href=REMOTE/page>Confirm</a><a id=named target=named href=REMOTE/page>Confirm</a>");
        for (String link : List.of("#go", "#named")) {
            remote.forget();
            browser.enterFrame();
            browser.click(link);
            browser.leaveFrame();
            browser.enterNewTab();
            browser.awaitText("body", "Of the other server");
            assertEquals(true, browser.script("return window.opener === null && document.referrer === ''"));
            assertTrue(remote.requests().contains("/page"));
            browser.closeOtherTabs();
        }
        assertEquals("Inbox · Flaremail sandbox", browser.script("return document.title"));
    }

    @Test
    void remoteContentIsLoadedWhenAskedFor() throws Exception {
        show(
                "<img src=REMOTE/pixel.gif><link rel=stylesheet href=REMOTE/style.css><script src=REMOTE/never.js></script><iframe src=REMOTE/never></iframe>");
        assertNothingHappened();
        browser.clickText("Load remote content");
        browser.enterFrame();
        browser.await("document.images[0]?.naturalWidth === 1");
        browser.leaveFrame();
        browser.clickText("Block remote content");
        assertEquals(Set.of("/pixel.gif", "/style.css"), remote.requests());
    }

    /** Subject, names and ids are text, wherever they are shown. */
    @Test
    void textOfOthersIsText() throws Exception {
        String evil = "<img src=" + remote.url() + "/t.gif onerror=alert(1)>\\\"'},{\\u003cscript>";
        new Mail(sandbox)
                .sendRaw(
                        "From: \"" + evil.replace("\\", "\\\\").replace("\"", "\\\"")
                                + "\" <ada@example.com>\nTo: grace@example.org\nSubject: " + evil
                                + "\nX-Evil: " + evil
                                + "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n" + evil
                                + "\n--x\nContent-Type: text/html; name=\"../<b>x.html\"\nContent-Disposition: attachment; filename=\"../<b>x.html\"\nContent-ID: <\"><script>alert(1)</script>>\n\n<script>alert(1)</script>\n--x--\n",
                        "grace@example.org");
        sandbox.suppress("\"<b>\"@example.org", "<i>reason</i>", null, false);
        browser.awaitText("a.row", evil);
        browser.click("a.row");
        browser.awaitText("#subject", evil);
        for (String tab : List.of("text", "headers", "raw", "attachments", "request")) {
            browser.click("#tab-" + tab);
            browser.awaitText("#tab-panel", tab.equals("attachments") ? "<b>x.html" : "t.gif onerror=alert(1)>");
            assertEquals(
                    0L,
                    browser.script("return document.querySelectorAll('main img, main script, main b, main i').length"));
        }
        browser.click("[data-view=suppressions]");
        browser.awaitText("td", "<i>reason</i>");
        assertEquals(
                0L, browser.script("return document.querySelectorAll('main img, main script, main b, main i').length"));
        assertEquals("Suppressions · Flaremail sandbox", browser.script("return document.title"));
        assertEquals(0, remote.connections());
    }
}
