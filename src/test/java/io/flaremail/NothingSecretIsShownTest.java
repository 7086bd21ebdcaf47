package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With every log wide open, HttpClient's included, no token appears anywhere, and no address above FINE. */
class NothingSecretIsShownTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("org.apache.hc"), Logger.getLogger("io.flaremail"), Logger.getLogger("jakarta.mail"));

    private final StringWriter shown = new StringWriter();
    private final StringBuffer aboveFine = new StringBuffer();
    private final ByteArrayOutputStream debugOut = new ByteArrayOutputStream();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            String line = new SimpleFormatter().format(entry);
            shown.write(line);
            if (entry.getLevel().intValue() > Level.FINE.intValue()) {
                aboveFine.append(line);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void openEveryLog() {
        for (Logger logger : LOGGERS) {
            logger.setLevel(Level.ALL);
            logger.addHandler(handler);
            logger.setUseParentHandlers(false);
        }
    }

    @AfterEach
    void closeThem() {
        for (Logger logger : LOGGERS) {
            logger.setLevel(null);
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void whateverHappens() throws Exception {
        Session session = Mail.session(sandbox);
        session.setDebug(true);
        session.setDebugOut(new PrintStream(debugOut, true, StandardCharsets.UTF_8));
        String echo = "{\"success\":false,\"errors\":[{\"code\":1,\"message\":\"no: " + sandbox.token() + "\"}]}";
        sandbox.fail(
                Fault.none(),
                Fault.status(403, echo).header("cf-ray", sandbox.token()),
                Fault.status(200, echo.replace("false", "true")),
                Fault.html(502),
                Fault.reset());
        for (int i = 0; i < 5; i++) {
            send(session, "secret-recipient@example.net");
        }
        session.getProperties().put("mail.cloudflare.token.file", "/no/such/file");
        session.getProperties().put("mail.cloudflare.listener", "no.such.Listener");
        send(session, "secret-recipient@example.net");

        String all = shown + debugOut.toString(StandardCharsets.UTF_8);
        assertTrue(all.contains("DEBUG CLOUDFLARE: account " + sandbox.account()), "the log is open: " + all);
        assertTrue(all.contains("token from mail.cloudflare.token"), all);
        assertTrue(shown.toString().contains("org.apache.hc"), "HttpClient's log is open, too");
        assertFalse(all.contains(sandbox.token()), "the token is shown");
        assertFalse(all.contains("Your invoice"), "the message is shown");
        assertFalse(aboveFine.toString().contains("secret-recipient"), "an address is shown above FINE");
    }

    private void send(Session session, String to) {
        try {
            MimeMessage message = Mail.message(session, to);
            Transport.send(message);
        } catch (Exception e) {
            PrintWriter writer = new PrintWriter(shown);
            e.printStackTrace(writer);
            writer.println(e instanceof CloudflareSendFailedException failure ? failure.getReport() : e);
            writer.flush();
        }
    }
}
