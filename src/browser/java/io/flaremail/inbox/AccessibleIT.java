package io.flaremail.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** axe-core finds nothing serious in any view, light and dark, wide and narrow; the screenshots are in target/inbox. */
class AccessibleIT {
    private static final List<String> VIEWS = List.of(
            "",
            "message",
            "text",
            "headers",
            "raw",
            "attachments",
            "request",
            "requests",
            "domains",
            "suppressions",
            "queues",
            "controls",
            "connect");

    @TempDir
    private static Path folder;

    private static Sandbox sandbox;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(folder);
        sandbox = Sandbox.builder()
                .eventDelay(Duration.ofMillis(1))
                .domain("example.com")
                .domain("news.example.com")
                .start();
        fill();
    }

    private static void fill() throws Exception {
        String queue =
                api("/queues", "{\"queue_name\":\"email-events\"}").replaceAll("(?s).*\"queue_id\":\"(\\w+)\".*", "$1");
        api("/event_subscriptions/subscriptions", """
                {"name":"email-events","enabled":true,"source":{"type":"email.sending","zone_id":"%s","domain":"example.com"},
                 "destination":{"type":"queues.queue","queue_id":"%s"},
                 "events":["message.delivered","message.bounced","message.complained","message.deferred"]}""".formatted(sandbox.zone("example.com"), queue));
        sandbox.suppress("left@example.org", "complaint", "example.com", false);
        sandbox.suppress("typo@example.org", "hard_bounce", null, false);
        sandbox.fate("grace@example.org", "complain");
        sandbox.fail(Fault.none());
        Mail mail = new Mail(sandbox);
        mail.send("Weekly figures", "Sent 4,312, bounced 7.", "team@example.org", "bounce-later@example.org");
        mail.send("Is this still your address?", "Yes or no?", "suppressed@example.org");
        mail.send("Welcome, Katherine", "Good to have you.", "katherine@example.net");
        mail.send("Your parcel is on its way", "It arrives on Thursday.", "queued@example.org");
        mail.send("Your backup finished", "All 4,312 files were copied.", "ops@example.org");
        mail.send("Password reset", "https://app.example.com/reset?code=81c2", "alan@example.net");
        mail.send(
                "Digest of the week, with a rather long subject that does not fit into one line of the list",
                "News.",
                "grace@example.org",
                "queued@example.org",
                "kate@example.net");
        sandbox.fail(Fault.error(403, 10203, "email.sending.error.email.sending_disabled"));
        assertThrows(MessagingException.class, () -> mail.send("Refused", "Text", "grace@example.org"));
        mail.sendRaw(INVOICE, "grace@example.org", "bounce@example.org");
    }

    private static final String INVOICE = """
            From: Ada's shop <ada@example.com>
            To: grace@example.org
            Subject: =?UTF-8?Q?Your_invoice_17_=E2=80=93_thank_you!?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=UTF-8

            Thank you for your order, Grace. Total: 42.00 EUR
            --a
            Content-Type: text/html; charset=UTF-8

            <!doctype html><html><body style="margin:0;background:#f3f4f6;font-family:sans-serif"><div style="max-width:480px;margin:24px auto;padding:24px 28px;background:#fff;border-radius:10px">
            <h1 style="font-size:20px">Thank you for your order, Grace</h1><p>We packed it this morning. It arrives on Thursday.</p>
            <table style="width:100%;border-collapse:collapse"><tr><td style="padding:6px 0;border-top:1px solid #ddd">Notebook, dotted</td><td align="right" style="border-top:1px solid #ddd">12.00</td></tr><tr><td style="padding:6px 0;border-top:1px solid #ddd">Fountain pen</td><td align="right" style="border-top:1px solid #ddd">30.00</td></tr><tr><td style="padding:6px 0;border-top:1px solid #ddd"><b>Total in EUR</b></td><td align="right" style="border-top:1px solid #ddd"><b>42.00</b></td></tr></table>
            <p><a href="https://shop.example.com/orders/17" style="display:inline-block;padding:9px 16px;border-radius:6px;background:#1d4ed8;color:#fff;text-decoration:none">Track your order</a></p></div></body></html>
            --a--
            --m
            Content-Type: application/pdf
            Content-Disposition: attachment; filename=invoice-17.pdf
            Content-Transfer-Encoding: base64

            JVBERi0xLjQK
            --m--
            """;

    private static String api(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(sandbox.endpoint() + "/accounts/" + sandbox.account() + path))
                .header("Authorization", "Bearer " + sandbox.token())
                .POST(BodyPublishers.ofString(body))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        assertEquals(true, answer.contains("\"success\":true"), answer);
        return answer;
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"light, 1280, 800", "dark, 380, 760"})
    void nothingSeriousWithoutMessages(String scheme, int width, int height) throws Exception {
        browser.emulate(scheme, width, height);
        try (Sandbox empty = Sandbox.start()) {
            browser.open("about:blank");
            browser.open(empty.inbox().toString());
            browser.awaitText("#list-end", "No messages yet");
            check("empty", scheme, width);
        }
    }

    private static void check(String view, String scheme, int width) throws Exception {
        browser.screenshot(Path.of("target", "inbox", view + "-" + scheme + "-" + width + ".png"));
        assertEquals(List.of(), browser.violations(), view);
        assertEquals(
                true,
                browser.script("return document.documentElement.scrollWidth <= innerWidth"),
                view + " scrolls sideways");
    }

    @ParameterizedTest
    @CsvSource({"light, 1280, 800", "dark, 1280, 800", "light, 380, 760", "dark, 380, 760"})
    void nothingSeriousInAnyView(String scheme, int width, int height) throws Exception {
        browser.emulate(scheme, width, height);
        for (String view : VIEWS) {
            show(view);
            check(view.isEmpty() ? "list" : view, scheme, width);
        }
    }

    private void show(String view) {
        String home = sandbox.endpoint().resolve("/").toString();
        browser.open("about:blank");
        if (view.isEmpty()) {
            browser.open(home);
            browser.await("document.querySelectorAll('a.row').length === 8");
        } else if (List.of("requests", "domains", "suppressions", "queues", "controls", "connect")
                .contains(view)) {
            browser.open(home + "#/" + view);
            browser.await("document.querySelectorAll('.panel .card, .panel table').length > 0");
        } else {
            String id = sandbox.messages().list().get(7).id();
            browser.open(home + "#/message/" + id + (view.equals("message") ? "" : "/" + view));
            browser.await("document.querySelector('#tab-panel')?.innerText !== 'Loading'");
            browser.await("document.querySelector('[role=tab][aria-selected=true]')");
        }
    }
}
