package io.flaremail.samples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.flaremail.api.SubscribedQueue;
import io.flaremail.bounces.BounceWriter;
import io.flaremail.bounces.ImapFolder;
import io.flaremail.bounces.MessageIdFolder;
import io.flaremail.samples.SandboxMail;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unchanged application gets the bounce of a message that it sent with {@code Transport.send}. */
class EventsSampleTest {
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "imap"));
    private SubscribedQueue queue;
    private Sandbox sandbox;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        mail.start();
        mail.setUser("app@example.com", "app", "secret");
        queue = SubscribedQueue.start(Sandbox.builder().eventDelay(Duration.ZERO), 100);
        sandbox = queue.sandbox;
    }

    @AfterEach
    void stop() {
        queue.close();
        mail.stop();
    }

    @Test
    void theBounceArrivesUnderTheApplicationsMessageId() throws Exception {
        Path ids = folder.resolve("ids");
        Properties properties = SandboxMail.properties(sandbox);
        properties.put("mail.cloudflare.messageid.store", ids.toString());
        MimeMessage message = SandboxMail.message(properties, "bounce-later@example.org");
        Transport.send(message);
        String url = "imap://app@127.0.0.1:" + mail.getImap().getPort() + "/INBOX";
        queue.events()
                .listen(new BounceWriter(ImapFolder.at(url, "secret", new Properties()), MessageIdFolder.at(ids)))
                .untilEmpty()
                .run();

        BounceMailbox mailbox = new BounceMailbox("127.0.0.1", mail.getImap().getPort(), "app", "secret");
        assertEquals(List.of(message.getMessageID() + " rfc822; bounce-later@example.org"), mailbox.read());
        assertEquals(List.of(), mailbox.read());
    }

    @Test
    void addressesThatBounceOrComplainAreListed() throws Exception {
        for (String each : List.of("bounce-later", "complain", "defer", "ada")) {
            Transport.send(SandboxMail.message(SandboxMail.properties(sandbox), each + "@example.org"));
        }
        List<String> listed = new ArrayList<>();
        new BounceListener(queue.client, sandbox.account())
                .into((address, reason) -> listed.add(address + ": " + reason), "email-events")
                .untilEmpty()
                .run();
        assertEquals(
                List.of("bounce-later@example.org: 550 5.1.1 User unknown", "complain@example.org: complaint"), listed);
    }
}
