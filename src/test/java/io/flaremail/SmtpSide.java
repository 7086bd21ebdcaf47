package io.flaremail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.subethamail.smtp.server.SMTPServer;

/**
 * What arrives through Angus Mail's SMTP transport, with one connection to each of two servers: SubEthaSMTP gives the octets
 * after DATA, dots unstuffed; GreenMail stores what it made of them, which is the same unless the header is odd or 8-bit.
 */
final class SmtpSide implements AutoCloseable {
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final SMTPServer server;
    private final GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Transport toServer;
    private final Transport toGreenMail;

    SmtpSide() throws Exception {
        server = new SMTPServer.Builder()
                .bindAddress(InetAddress.getByName("127.0.0.1"))
                .port(0)
                .insertReceivedHeaders(false)
                .messageHandler((context, from, to, octets) -> received.add(octets))
                .build();
        server.start();
        greenMail.start();
        toServer = connected(server.getPortAllocated());
        toGreenMail = connected(greenMail.getSmtp().getPort());
    }

    private static Transport connected(int port) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(port));
        properties.put("mail.smtp.from", Mail.FROM);
        properties.put("mail.smtp.localhost", "localhost");
        Transport transport = Session.getInstance(properties).getTransport("smtp");
        transport.connect();
        return transport;
    }

    byte[] receive(MimeMessage message) throws Exception {
        toServer.sendMessage(message, Mail.addresses("b@example.net"));
        byte[] octets = received.poll(30, TimeUnit.SECONDS);
        if (octets == null) {
            throw new AssertionError("nothing arrived through SMTP");
        }
        return octets;
    }

    /** Whether GreenMail, which puts trace fields on top and takes the last CRLF off, stores the same octets. */
    boolean isStoredAs(byte[] expected, MimeMessage message) throws Exception {
        toGreenMail.sendMessage(message, Mail.addresses("b@example.net"));
        if (!greenMail.waitForIncomingEmail(1)) {
            throw new AssertionError("nothing arrived through SMTP");
        }
        byte[] stored = withoutTrace(Mail.bytes(greenMail.getReceivedMessages()[0]));
        greenMail.purgeEmailFromAllMailboxes();
        return Arrays.equals(expected, stored);
    }

    /** Where nothing but the header is left, GreenMail puts the last CRLF on again. */
    private static byte[] withoutTrace(byte[] stored) {
        String text = new String(stored, StandardCharsets.ISO_8859_1);
        String rest = text.replaceFirst("^Return-Path: [^\r]*\r\nReceived: [^\r]*\r\n", "");
        boolean headerOnly = rest.indexOf("\r\n\r\n") == rest.length() - 4;
        return (headerOnly ? rest : rest + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws MessagingException {
        toServer.close();
        toGreenMail.close();
        server.stop();
        greenMail.stop();
    }
}
