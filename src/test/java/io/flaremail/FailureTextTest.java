package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.Envelope.Recipient;
import io.flaremail.api.SendOutcome;
import io.flaremail.config.CloudflareProperty;
import io.flaremail.http.RequestBodyException;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** Programs that show nothing but the exception's text: it names the addresses, the reason and the token's place, on one line. */
class FailureTextTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final String FIVE = "x0@e.net, x1@e.net, x2@e.net, x3@e.net, x4@e.net";

    static Stream<Arguments> addresses() {
        Fault refusal = Fault.error(400, 10202, "email.sending.error.email.invalid");
        return Stream.of(
                row(
                        Fault.none(),
                        "Cloudflare refused 1 of 2 recipients (*): bounced bounce@e.net",
                        "a@e.net",
                        "bounce@e.net"),
                row(
                        Fault.none(),
                        "Cloudflare refused 2 of 3 recipients (*): bounced bounce@e.net; suppressed suppressed@e.net",
                        "suppressed@e.net",
                        "a@e.net",
                        "bounce@e.net"),
                row(
                        Fault.none(),
                        "Cloudflare refused 7 of 7 recipients (*): bounced bounce+0@e.net, bounce+1@e.net,"
                                + " bounce+2@e.net, bounce+3@e.net, bounce+4@e.net and 2 more",
                        many(7, "bounce+")),
                row(
                        refusal,
                        "Cloudflare refused the message for a@e.net, b@e.net: HTTP 400, *",
                        "a@e.net",
                        "b@e.net",
                        "a@e.net"),
                row(refusal, "Cloudflare refused the message for " + FIVE + ": HTTP 400, *", many(5, "x")),
                row(refusal, "Cloudflare refused the message for " + FIVE + " and 1 more: HTTP 400, *", many(6, "x")),
                row(
                        Fault.reset().afterAccepting(),
                        "No usable answer from Cloudflare after the message went out: *: it may have"
                                + " been accepted for " + FIVE
                                + " and 45 more. It was not tried again, and sending it again may"
                                + " send it twice",
                        many(50, "x")),
                row(
                        Fault.status(
                                200,
                                "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"permanent_bounces\":[\"q@e.net\"]}}"),
                        "Cloudflare accepted the message* but reports a failure for \"q@e.net\", which matches none of the"
                                + " recipients: it may not have been sent to a@e.net, b@e.net. Sending it again may send it twice",
                        "a@e.net",
                        "b@e.net"),
                row(
                        Fault.none(),
                        "Nothing was sent: recipient \"b\\r\\nc@e.net\" contains a line break *; recipient"
                                + " \"\" is empty",
                        "a@e.net",
                        "b\r\nc@e.net",
                        ""),
                row(
                        Fault.none(),
                        "Nothing was sent: recipient \"y0\" *; recipient \"y4\" has no local part and domain and 2 more",
                        IntStream.range(0, 7).mapToObj(i -> "y" + i).toArray(String[]::new)));
    }

    private static Arguments row(Fault fault, String text, String... to) {
        return Arguments.of(fault, text, to);
    }

    private static String[] many(int count, String name) {
        return IntStream.range(0, count).mapToObj(i -> name + i + "@e.net").toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void namesUpToFiveAddresses(Fault fault, String text, String... to) {
        sandbox.fail(fault);
        assertText(text, fails(session(), to));
    }

    /** The first request is accepted, one of its recipients bounces; the second is refused. */
    @Test
    void namesWhoIsLeftOfSeveralRequests() {
        sandbox.fail(Fault.none(), Fault.error(400, 10202, "email.sending.error.email.invalid"));
        String[] to = many(52, "x");
        to[3] = "bounce@e.net";
        assertText(
                "Cloudflare refused the message for x50@e.net, x51@e.net (sent to the others): HTTP 400, *;"
                        + " bounced bounce@e.net.*",
                fails(session(), to));
    }

    @Test
    void namesWhoWasNotReached() {
        sandbox.fail(Fault.none(), Fault.resetBeforeBody());
        MimeMessage message = Mail.message(session(), "a@e.net");
        String[] to = many(57, "x");
        String body = "x".repeat(70).concat("\n").repeat(60_000); // more than socket buffers hold
        assertText(
                "Only some recipients were sent the message (*); not sent to x50@e.net, x51@e.net, x52@e.net, x53@e.net,"
                        + " x54@e.net and 2 more: *",
                assertThrows(MessagingException.class, () -> {
                    message.setText(body);
                    message.saveChanges();
                    Transport.send(message, Mail.addresses(to));
                }));
    }

    @Test
    void saysWhoGotItInstead() {
        Session session = session(CloudflareProperty.REDIRECT.key(), "bounce@e.net");
        assertText(
                "Cloudflare refused 1 of 1 recipients (redirected to bounce@e.net, message *): bounced a@e.net",
                fails(session, "a@e.net"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void saysWhereARefusedTokenCameFrom(int status, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), sandbox.token());
        Session session = session();
        session.getProperties().remove("mail.cloudflare.token");
        session.getProperties().put("mail.cloudflare.token.file", file.toString());
        String place = " The token came from mail.cloudflare.token.file \"" + file + "\"."
                + (status == 403 ? " The envelope sender is " + Mail.FROM + "." : "");
        boolean isTokens = status == 401 || status == 403;
        sandbox.fail(Fault.error(status, 10101, "email.sending.error.authentication.unauthorized"));
        assertEquals(isTokens, fails(session, "a@e.net").getMessage().endsWith("Check the API token." + place));
    }

    @Test
    void verifySaysTheSameWords(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "another");
        Session session = session("mail.cloudflare.verify", "true", "mail.cloudflare.token.file", file.toString());
        session.getProperties().remove("mail.cloudflare.token");
        try (Transport transport = session.getTransport()) {
            String text =
                    assertThrows(MessagingException.class, transport::connect).getMessage();
            assertTrue(
                    text.endsWith(
                            "Check the API token. The token came from mail.cloudflare.token.file \"" + file + "\"."),
                    text);
        }
    }

    /** A second serialisation that fails, in the middle of a request, has nothing to do with the way to the API. */
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new UnknownHostException("api.cloudflare.com"),
                        "Could not reach Cloudflare, nothing was sent: host not found: api.cloudflare.com",
                        true),
                Arguments.of(new IOException("a\r\nb"), "Could not reach Cloudflare, nothing was sent: a\\r\\nb", true),
                Arguments.of(
                        new RequestBodyException("the file is gone", null),
                        "The message could not be serialised, nothing was sent: the file is gone",
                        false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aMessageThatFailsIsNoNetworkFailure(Exception failure, String text, boolean disconnects) {
        TransportResult plain = conclusion(failure, "a@e.net");
        assertEquals(text, plain.exception.getMessage());
        assertEquals(MessagingException.class, plain.exception.getClass());
        assertEquals(disconnects, plain.disconnects);
        assertEquals(TransportEvent.MESSAGE_NOT_DELIVERED, plain.event);
        assertNull(plain.invalid);

        TransportResult partial = conclusion(failure, "a@e.net", "nobody");
        assertEquals(text + "; recipient \"nobody\" has no local part and domain", partial.exception.getMessage());
        assertInstanceOf(CloudflareSendFailedException.class, partial.exception);
        assertEquals(disconnects, partial.disconnects);
        assertEquals(1, partial.invalid.length);
    }

    private static TransportResult conclusion(Exception failure, String... to) {
        List<Recipient> recipients =
                Arrays.stream(Mail.addresses(to)).map(Recipient::new).toList();
        SendProgress progress = new SendProgress(recipients, null);
        assertTrue(progress.markUnusable(true));
        SendOutcome accepted = Mockito.mock(SendOutcome.class);
        Mockito.when(accepted.getKind()).thenReturn(SendOutcome.Kind.ACCEPTED);
        Mockito.when(accepted.getResult()).thenReturn(Optional.empty());
        Mockito.when(accepted.getAttempts()).thenReturn(1);
        progress.add(List.of(), accepted);
        progress.failed(failure);
        MimeMessage message = Mail.message(session(), "a@e.net");
        return TransportResult.of(progress.report(Duration.ZERO), message, false, "nowhere");
    }

    private static MessagingException fails(Session session, String... to) {
        MimeMessage message = Mail.message(session, "a@e.net");
        return assertThrows(MessagingException.class, () -> Transport.send(message, Mail.addresses(to)));
    }

    /** @param text with stars for what differs */
    private static void assertText(String text, MessagingException thrown) {
        String pattern = "\\Q" + text.replace("*", "\\E.*\\Q") + "\\E";
        assertTrue(thrown.getMessage().matches(pattern), thrown.getMessage());
        assertFalse(thrown.getMessage().matches("(?s).*[\\r\\n].*"), "on one line");
    }

    private static Session session(String... keysAndValues) {
        Session session = Mail.session(sandbox, keysAndValues);
        session.getProperties().put("mail.cloudflare.retries", "0");
        return session;
    }
}
