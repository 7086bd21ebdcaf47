package io.flaremail.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.ServerSocketCreator;

/**
 * Receives mail by SMTP, for applications that do not send through the API yet. Any sender and any login are accepted. Recipients
 * have the same outcomes as through the API, but the suppression list is not applied.
 */
final class SmtpService {
    private static final int MAX_BYTES = 25 << 20;
    private static final int MAX_RECIPIENTS = 1000;
    private static final int MAILBOX_NAME_NOT_ALLOWED = 553;

    private final SimulatedAccount account;
    private final ListenAddress listen;
    private final int port;
    private SMTPServer server;

    /** @param port 0 for a free one */
    SmtpService(SimulatedAccount account, ListenAddress listen, int port) {
        this.account = account;
        this.listen = listen;
        this.port = port;
    }

    void start() {
        server = new SMTPServer.Builder()
                .bindAddress(listen.address())
                .port(port)
                .hostName("localhost")
                .softwareName("Flaremail sandbox")
                .serverSocketFactory((ServerSocketCreator) HttpRefusingSocket.Server::new)
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {}))
                .showAuthCapabilitiesBeforeSTARTTLS(true)
                .insertReceivedHeaders(false)
                .maxMessageSize(MAX_BYTES)
                .maxRecipients(MAX_RECIPIENTS)
                .messageHandlerFactory(Transaction::new)
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IllegalStateException("Cannot listen for SMTP on port " + port + ": " + reason, e);
        }
    }

    int port() {
        return server.getPortAllocated();
    }

    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    /** From MAIL to the end of DATA. RFC 5321 3.3 */
    private final class Transaction implements MessageHandler {
        private final MessageContext context;
        private final List<String> recipients = new ArrayList<>();
        private String from = "";

        Transaction(MessageContext context) {
            this.context = context;
        }

        @Override
        public void from(String sender) {
            from = sender;
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            try {
                recipients.add(Submission.address("recipient", recipient));
            } catch (Refusal refusal) {
                throw new RejectException(MAILBOX_NAME_NOT_ALLOWED, "5.1.3 " + refusal.getMessage());
            }
        }

        @Override
        public String data(InputStream data) throws IOException {
            byte[] message = data.readAllBytes();
            boolean fromRelay = context.getHelo().filter(Relay.GREETING::equals).isPresent();
            Submission submission = new Submission(from, List.copyOf(recipients), new RawMessage(message));
            String id = account.takeBySmtp(submission, fromRelay);
            return "2.0.0 Ok: " + id.replaceAll("[^\\x21-\\x7E]", "?");
        }

        @Override
        public void done() {}
    }
}
