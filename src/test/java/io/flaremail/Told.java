package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One send, and all that was told of it.
 *
 * @param thrown null when nothing was
 * @param connected whether the transport still was, after it
 * @param interrupted whether the sending thread still was, after it
 */
record Told(
        SendReport report,
        TransportEvent event,
        MessagingException thrown,
        InternetAddress[] to,
        boolean connected,
        boolean interrupted) {

    /** Sends a message of about so many bytes with a session of its own. */
    static Told send(Properties properties, int bytes, String... to) throws Exception {
        AtomicReference<SendReport> report = new AtomicReference<>();
        Properties own = new Properties();
        own.putAll(properties);
        own.put("mail.cloudflare.listener", (SendListener) report::set);
        Session session = Session.getInstance(own);
        MimeMessage message = message(session, bytes, to[0]);
        try (Transport transport = session.getTransport()) {
            transport.connect();
            return send(transport, message, Mail.addresses(to), report);
        }
    }

    private static Told send(
            Transport transport, MimeMessage message, InternetAddress[] to, AtomicReference<SendReport> report)
            throws Exception {
        Events events = Events.of(transport);
        MessagingException thrown = null;
        try {
            transport.sendMessage(message, to);
        } catch (MessagingException failed) {
            thrown = failed;
        }
        boolean interrupted = Thread.interrupted(); // or the event could not be awaited
        TransportEvent event = events.next();
        return new Told(report.get(), event, thrown, to, transport.isConnected(), interrupted);
    }

    static MimeMessage message(Session session, int bytes, String to) throws MessagingException {
        MimeMessage message = Mail.message(session, to);
        message.setText("0123456789abcdef\n".repeat(bytes / 17 + 1));
        message.saveChanges();
        return message;
    }

    /** The statuses there are. */
    Set<RecipientStatus> statuses() {
        return report.getRecipients().stream()
                .map(RecipientOutcome::getStatus)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RecipientStatus.class)));
    }

    /** Report, event and exception say the same, and every address is in exactly one of the three arrays. */
    Told addsUp() {
        assertNotNull(report, "no report");
        assertNotNull(event, "no event");
        List<Address> all = Stream.of(
                        event.getValidSentAddresses(), event.getValidUnsentAddresses(), event.getInvalidAddresses())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
        List<Address> given = Arrays.stream(to)
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .map(Address.class::cast)
                .toList();
        assertEquals(given, all);
        assertEquals(report.isSuccess(), thrown == null);
        assertEquals(report.isSuccess(), event.getType() == TransportEvent.MESSAGE_DELIVERED);
        assertArrayEquals(report.addresses(RecipientStatus.Fate.SENT), event.getValidSentAddresses());
        if (thrown instanceof SendFailedException failure) {
            assertArrayEquals(event.getValidSentAddresses(), failure.getValidSentAddresses());
            assertArrayEquals(event.getValidUnsentAddresses(), failure.getValidUnsentAddresses());
            assertArrayEquals(event.getInvalidAddresses(), failure.getInvalidAddresses());
        }
        return this;
    }
}
