package io.flaremail.benchmark;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** GreenMail in a process of its own, until it is killed. Prints its ports. */
public final class GreenMailServer {
    private static final ThreadLocal<Transport> CONNECTIONS = new ThreadLocal<>();

    private GreenMailServer() {}

    public static void main(String[] args) {
        GreenMail server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        });
        server.getManagers().getUserManager().setAuthRequired(false);
        server.start();
        System.out.println("{\"smtp\":" + server.getSmtp().getPort() + ",\"imap\":"
                + server.getImap().getPort() + "}");
    }

    /** Over one connection for each thread. */
    static void send(int port, String mime) throws Exception {
        Transport transport = CONNECTIONS.get();
        if (transport == null) {
            transport = Session.getInstance(new Properties()).getTransport("smtp");
            transport.connect("127.0.0.1", port, null, null);
            CONNECTIONS.set(transport);
        }
        MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(mime.getBytes(StandardCharsets.UTF_8)));
        transport.sendMessage(message, InternetAddress.parse("user@example.org"));
    }
}
