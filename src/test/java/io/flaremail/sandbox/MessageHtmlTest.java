package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The HTML of a message, as its frame gets it. */
@Timeout(60)
class MessageHtmlTest {
    private static final String BASE = "<base target=\"_blank\">";
    private static final String LOGO = "--x\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\n"
            + "Content-Disposition: inline; filename=logo.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n";

    private final Sandbox sandbox = Sandbox.start();
    private final TestClient client = new TestClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** Sends a message with this HTML, and returns its path. */
    private String send(String html, String parts) throws Exception {
        String mime = "From: ada@example.com\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
                + "--x\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n" + html + "\r\n" + parts + "--x--\r\n";
        assertEquals(200, client.send(mime, List.of("grace@example.org")).statusCode());
        return "/sandbox/messages/" + sandbox.messages().list().get(0).id() + "/html";
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.text(client.page(path));
    }

    /** Before it, a browser would show the page in quirks mode. */
    @Test
    void theDoctypeStaysFirst() throws Exception {
        assertEquals(
                " <!DOCTYPE html>" + BASE + "<p>Hi</p>",
                get(send(" <!DOCTYPE html><p>Hi</p>", "")).body());
    }

    /** Browsers connect to their servers whatever the policy. */
    @Test
    void elementsThatConnectAreRemovedUntilRemoteContentIsAskedFor() throws Exception {
        String path = send(
                "<LINK rel=preconnect href=http://tracker.example><iframe src=x></iframe><frameset><frame><object><embed><p>Hi",
                "");
        assertEquals(
                BASE
                        + "<removed-LINK rel=preconnect href=http://tracker.example><removed-iframe src=x></iframe><frameset><removed-frame><removed-object><removed-embed><p>Hi",
                get(path).body());
        assertTrue(get(path + "?remote=true").body().contains("<LINK rel=preconnect"));
    }

    @Test
    void inlineImagesAreInThePage() throws Exception {
        String data = "data:image/png;base64,iVBORw0KGgo=";
        assertEquals(
                BASE + "<img src=\"" + data + "\"><img src='" + data + "'><img src=\"cid:other\">",
                get(send("<img src=\"cid:logo%40x\"><img src='CID:logo@x'><img src=\"cid:other\">", LOGO))
                        .body());
    }

    @Test
    void onlyImagesAreInThePage() throws Exception {
        assertEquals(
                BASE + "<a href=\"cid:logo@x\">x</a>",
                get(send("<a href=\"cid:logo@x\">x</a>", LOGO.replace("image/png", "text/html")))
                        .body());
    }

    /** An image that is named ten thousand times does not fill the memory. */
    @Test
    void inlineImagesAreBounded() throws Exception {
        String image = "iVBORw0KGgo" + "A".repeat(400_000) + "=";
        String html = get(send("<img src=\"cid:logo@x\">".repeat(10_000), LOGO.replace("iVBORw0KGgo=", image)))
                .body();
        assertTrue(html.length() > 30_000_000 && html.length() < 40_000_000, "" + html.length());
    }

    @Test
    void aMessageWithoutHtmlHasNoPage() throws Exception {
        assertEquals(200, new TestClient(sandbox).send("grace@example.org").statusCode());
        String id = sandbox.messages().list().get(0).id();
        assertEquals(404, get("/sandbox/messages/" + id + "/html").statusCode());
    }
}
