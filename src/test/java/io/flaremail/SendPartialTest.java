package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A recipient that cannot be sent to is never reported as sent; it stops the message for all, unless sendpartial is on. */
class SendPartialTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final String KEY = "mail.cloudflare.sendpartial";
    private static final String REDIRECT = "mail.cloudflare.redirect";
    private static final String BAD = "jürgen@example.net";

    private record Sent(CloudflareSendFailedException thrown, TransportEvent event, Address[] to) {}

    /** The property, the one of SMTP in alias mode, the message's own wish; ours goes before SMTP's, and either is enough. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,     -,     false, smtp,       false",
                "false, -,     false, cloudflare, false",
                "true,  -,     false, cloudflare, true",
                "-,     true,  false, cloudflare, false",
                "-,     true,  false, smtp,       true",
                "false, true,  false, smtp,       false",
                "true,  false, false, smtp,       true",
                "-,     -,     true,  cloudflare, true",
                "false, -,     true,  cloudflare, true",
            })
    void whoAsksForIt(String ours, String smtps, boolean messages, String protocol, boolean goesOut) throws Exception {
        Session session = Mail.session(sandbox, "mail.smtp.class", CloudflareTransport.class.getName());
        put(session, KEY, ours);
        put(session, "mail.smtp.sendpartial", smtps);
        SMTPMessage message = new SMTPMessage(Mail.message(session, "a@example.net"));
        message.setSendPartial(messages);
        Sent sent = send(session, protocol, message, "a@example.net", BAD);
        assertEquals(goesOut ? 1 : 0, sandbox.accepted().size());
        assertArrays(
                sent,
                goesOut ? new Address[] {sent.to[0]} : null,
                goesOut ? Mail.none() : new Address[] {sent.to[0]},
                sent.to[1]);
    }

    /** With all requests full, the unusable one is beyond them; with a redirect, its address is never written. */
    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "50, false", "50, true", "60, false", "60, true"})
    void anUnusableRecipientIsNeverSent(int good, boolean redirect) throws Exception {
        for (String partial : List.of("false", "true")) {
            sandbox.get().reset();
            Session session = Mail.session(sandbox, KEY, partial);
            put(session, REDIRECT, redirect ? "staging@example.com" : null);
            String[] to = IntStream.rangeClosed(0, good)
                    .mapToObj(i -> i == good / 2 ? BAD : "r" + i + "@example.net")
                    .toArray(String[]::new);
            Sent sent = send(session, "cloudflare", Mail.message(session, "a@example.net"), to);
            Address[] others = Arrays.stream(sent.to)
                    .filter(address -> address != sent.to[good / 2])
                    .toArray(Address[]::new);
            boolean out = partial.equals("true");
            assertArrays(sent, out ? others : null, out ? Mail.none() : others, sent.to[good / 2]);
            assertEquals(
                    RecipientStatus.INVALID,
                    sent.thrown.getReport().getRecipients().get(good / 2).getStatus());
            assertEquals(out ? good : 0, recipients(redirect, good));
        }
    }

    private static int recipients(boolean redirect, int good) {
        if (!redirect) {
            return sandbox.accepted().stream()
                    .mapToInt(each -> each.recipients().size())
                    .sum();
        }
        for (Accepted each : sandbox.accepted()) {
            assertEquals(List.of("staging@example.com"), each.recipients());
            String mime = new String(each.mime(), StandardCharsets.UTF_8);
            assertTrue(mime.contains("X-Flaremail-Intended-Recipients: r"), mime);
        }
        return sandbox.accepted().size() * good;
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void nobodyIsUsable(String partial) throws Exception {
        Session session = Mail.session(sandbox, KEY, partial, REDIRECT, "staging@example.com");
        Sent sent = send(session, "cloudflare", Mail.message(session, "a@example.net"), BAD, "nobody");
        assertArrays(sent, null, Mail.none(), sent.to);
        assertTrue(sent.thrown.getMessage().startsWith("Nothing was sent: recipient \""), sent.thrown.getMessage());
        assertTrue(sandbox.requests().isEmpty());
    }

    @Test
    void theOthersMayBeRefusedOrBounceAllTheSame() throws Exception {
        Session session = Mail.session(sandbox, KEY, "true", "mail.cloudflare.retries", "0");
        sandbox.fail(Fault.error(403, 10204, "email.sending.error.email.sender_not_configured"), Fault.none());
        Sent refused = send(session, "cloudflare", Mail.message(session, "a@example.net"), "a@example.net", BAD);
        assertArrays(refused, null, new Address[] {refused.to[0]}, refused.to[1]);
        Sent bounced = send(
                session, "cloudflare", Mail.message(session, "a@example.net"), "bounce@example.net", BAD, "b@x.net");
        assertArrays(bounced, new Address[] {bounced.to[2]}, Mail.none(), bounced.to[0], bounced.to[1]);
        String text = bounced.thrown.getMessage();
        assertTrue(text.startsWith("The message was not sent to 2 of 3 recipients ("), text);
        assertTrue(text.contains("): bounced bounce@example.net; recipient \"" + BAD + "\" has a local part"), text);
        SMTPAddressFailedException smtp =
                assertInstanceOf(SMTPAddressFailedException.class, bounced.thrown.getNextException());
        assertSame(bounced.to[0], smtp.getAddress());
    }

    private static void assertArrays(Sent sent, Address[] validSent, Address[] validUnsent, Address... invalid) {
        assertArrayEquals(validSent, sent.thrown.getValidSentAddresses(), "valid sent");
        assertArrayEquals(validUnsent, sent.thrown.getValidUnsentAddresses(), "valid unsent");
        assertArrayEquals(invalid, sent.thrown.getInvalidAddresses(), "invalid");
        assertEquals(
                validSent == null ? TransportEvent.MESSAGE_NOT_DELIVERED : TransportEvent.MESSAGE_PARTIALLY_DELIVERED,
                sent.event.getType());
        assertArrayEquals(validSent, sent.event.getValidSentAddresses(), "event's valid sent");
        assertArrayEquals(invalid, sent.event.getInvalidAddresses(), "event's invalid");
        assertNull(sent.thrown.getReport().getFailure().orElse(null));
    }

    private static Sent send(Session session, String protocol, MimeMessage message, String... recipients)
            throws Exception {
        Address[] to = Mail.addresses(recipients);
        try (Transport transport = session.getTransport(protocol)) {
            Events events = Events.of(transport);
            transport.connect();
            CloudflareSendFailedException thrown =
                    assertThrows(CloudflareSendFailedException.class, () -> transport.sendMessage(message, to));
            return new Sent(thrown, events.next(), to);
        }
    }

    private static void put(Session session, String key, String value) {
        if (value != null) {
            session.getProperties().put(key, value);
        }
    }
}
