package io.flaremail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real SMTP server on the loopback for each test, to which mail must still go where Cloudflare was not chosen. */
public final class SmtpServer implements BeforeEachCallback, AfterEachCallback {
    private final GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @Override
    public void beforeEach(ExtensionContext context) {
        greenMail.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        greenMail.stop();
    }

    public int port() {
        return greenMail.getSmtp().getPort();
    }

    /** Accepts this login, too. */
    public void addUser(String address, String login, String password) {
        greenMail.setUser(address, login, password);
    }

    /** One for each recipient. */
    public MimeMessage[] received() {
        return greenMail.getReceivedMessages();
    }

    /** Waits for so many, some seconds. */
    void await(int messages) {
        greenMail.waitForIncomingEmail(10_000, messages);
    }
}
