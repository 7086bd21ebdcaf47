package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that sends back the token it was given, wherever it can: no exception, report or debug line shows it. */
class EchoedTokenTest {
    private static final String TOKEN = "a-token-for-loopback-only";
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String FAILED = "{'success':false,'errors':[%s],'result':null}";
    private static final String LOST = "{'success':true,'result':{'%s':['@']}}";

    /** {@code @} stands for the token, single quotes for double ones. */
    static Stream<Arguments> echoes() {
        return Stream.of(
                // where HttpClient reads it, and quotes it in what it throws
                arguments("status line", "HTTP/1.1 @\r\n\r\n"),
                arguments("no HTTP at all", "@\r\n\r\n"),
                arguments("version", "HTTP/@ 200 OK\r\n\r\n"),
                arguments("header without a colon", OK + "@\r\n\r\n"),
                arguments("transfer coding", OK + "Transfer-Encoding: @\r\n\r\n"),
                arguments("length", OK + "Content-Length: @\r\n\r\n"),
                arguments("content coding", Peer.answer(OK + "Content-Encoding: @\r\n", "x")),
                arguments("chunk length", OK + "Transfer-Encoding: chunked\r\n\r\n@\r\n"),
                arguments("trailer", OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n@\r\n\r\n"),
                // where it is read well
                arguments("reason phrase", Peer.answer("HTTP/1.1 403 @\r\n", "")),
                arguments("ray", Peer.answer("HTTP/1.1 403 Forbidden\r\ncf-ray: @\r\n", "")),
                arguments("Retry-After", Peer.answer("HTTP/1.1 429 Later\r\nRetry-After: @\r\n", "")),
                arguments("Location", Peer.answer("HTTP/1.1 302 Found\r\nLocation: http://@/\r\n", "")),
                arguments("challenge", Peer.answer("HTTP/1.1 401 No\r\nWWW-Authenticate: @ realm=@\r\n", "")),
                arguments("page", json(502, "<p>@</p>")),
                arguments("member", json(200, "{'@':true}")),
                arguments("error", json(403, FAILED.formatted("'@'"))),
                arguments("message", json(403, FAILED.formatted("{'code':1,'message':'no: @'}"))),
                arguments("code", json(403, FAILED.formatted("{'code':'@','message':'m'}"))),
                arguments("link", json(403, FAILED.formatted("{'code':1,'documentation_url':'@'}"))),
                arguments("pointer", json(403, FAILED.formatted("{'code':1,'source':{'pointer':'/@'}}"))),
                arguments("message id", json(200, "{'success':true,'result':{'message_id':'@','queued':'x'}}")),
                arguments("bounced address", json(200, LOST.formatted("permanent_bounces"))),
                arguments("suppressed address", json(200, LOST.formatted("suppressed_recipients"))));
    }

    private static String json(int status, String body) {
        return Peer.answer(
                "HTTP/1.1 " + status + " x\r\n", body.replace("@", TOKEN).replace('\'', '"'));
    }

    private final List<SendReport> reports = new ArrayList<>();

    @ParameterizedTest(name = "{0}")
    @MethodSource("echoes")
    void isNotShownByTheTransport(String where, String answer) throws Exception {
        ByteArrayOutputStream debug = new ByteArrayOutputStream();
        try (Peer peer = echoing(answer)) {
            Properties properties = peer.properties("mail.debug", "true");
            properties.put("mail.cloudflare.listener", (SendListener) reports::add);
            Session session = Session.getInstance(properties);
            session.setDebugOut(new PrintStream(debug, true, StandardCharsets.UTF_8));
            StringWriter thrown = new StringWriter();
            MimeMessage message = Mail.message(session, "b@example.net", "c@example.net");
            try (Transport transport = session.getTransport()) {
                transport.connect();
                transport.sendMessage(message, message.getAllRecipients());
            } catch (MessagingException e) {
                e.printStackTrace(new PrintWriter(thrown, true));
            }
            assertEquals(1, reports.size());
            assertTrue(thrown.toString().contains("Exception"), "the answer is a failure");
            assertShowsNothing(thrown + "\n" + reports + "\n" + debug.toString(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("echoes")
    void isNotShownByTheClient(String where, String answer) throws Exception {
        try (Peer peer = echoing(answer);
                CloudflareEmail client = CloudflareEmail.builder()
                        .token(TOKEN)
                        .endpoint(URI.create("http://127.0.0.1:" + peer.port()))
                        .retries(0)
                        .build()) {
            assertShowsNothing(failure(() -> client.sending("acc").limits()));
            assertShowsNothing(failure(() -> client.subdomains("zone").create("example.com")));
        }
    }

    private interface Call {
        Object make() throws CloudflareApiException;
    }

    /** What the call throws, or returns: some of the answers are good for one call and bad for the other. */
    private static String failure(Call call) {
        StringWriter shown = new StringWriter();
        try {
            shown.append(call.make() + "");
        } catch (CloudflareApiException e) {
            e.printStackTrace(new PrintWriter(shown, true));
        }
        return shown.toString();
    }

    private static void assertShowsNothing(String shown) {
        assertFalse(shown.contains(TOKEN), shown);
    }

    /** One answer for each connection. */
    private static Peer echoing(String answer) throws Exception {
        return Peer.saying(line -> {
            line.read();
            line.say(answer.replace("@", TOKEN));
        });
    }
}
