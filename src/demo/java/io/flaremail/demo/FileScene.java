package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** A message from a file goes out as it is, to the recipients of the command line. */
final class FileScene extends Scene {
    static final String SENDER = "demo@example.com";

    private final MailFile file;
    private final List<String> recipients;

    FileScene(Sandbox sandbox, Page page, MailFile file) {
        super(sandbox, page);
        this.file = file;
        this.recipients = file.recipients().stream()
                .map(InternetAddress::getAddress)
                .distinct()
                .toList();
    }

    /** Answers whether everybody was sent it. */
    boolean play() throws MessagingException, IOException {
        page.heading("1  transport.sendMessage(message, recipients): " + Text.fit(name(), 30));
        Session session = Mail.session(Mail.properties(sandbox, SENDER));
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(file.content()));
        describe(message);
        try {
            send(session, message);
            new SentFile(sandbox, page, file.content()).show(recipients);
            return true;
        } catch (MessagingException failure) {
            refused(failure);
            return false;
        }
    }

    private String name() {
        return String.valueOf(file.path().getFileName());
    }

    private void describe(MimeMessage message) throws MessagingException {
        page.row("From", first(message, "From"));
        page.row("Subject", first(message, "Subject"));
        page.row("Size", Text.bytes(file.content().length));
        page.row(
                "Envelope",
                "from " + SENDER + ", by mail.cloudflare.from: only example.com is onboarded in"
                        + " the sandbox. The From field stays as it is.");
        page.gap();
    }

    private static String first(MimeMessage message, String field) throws MessagingException {
        String[] values = message.getHeader(field);
        return values == null ? "(none)" : Decoded.field(values[0]);
    }

    /** Not the static send, which would call saveChanges() and so write the message anew. */
    private void send(Session session, MimeMessage message) throws MessagingException {
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message, file.envelope());
        }
    }

    private void refused(MessagingException failure) throws MessagingException, IOException {
        page.alarm("Not sent to everybody: " + failure.getClass().getSimpleName());
        page.paragraph(String.valueOf(failure.getMessage()));
        page.gap();
        List<String> sent = List.of();
        if (failure instanceof SendFailedException arrays) {
            sent = showArrays(arrays);
        } else {
            turnedDownHere();
        }
        checkNobodyElse(sent);
    }

    /** Not the service's doing: the message cannot be sent as it is, and must not be changed. */
    private void turnedDownHere() {
        if (!WireForm.isUtf8(WireForm.of(file.content()))) {
            page.paragraph(
                    "JSON cannot carry what is not UTF-8. Other files are re-encoded on the wire; this one cannot be"
                            + " without breaking what it says, such as its signature.");
            page.gap();
        }
        int requests = sandbox.requests().size();
        page.check("It was turned down before anything was sent.", requests == 0, requests + " requests were made");
        page.gap();
    }

    private List<String> showArrays(SendFailedException failure) {
        showArray("getValidSentAddresses()", failure.getValidSentAddresses());
        showArray("getValidUnsentAddresses()", failure.getValidUnsentAddresses());
        showArray("getInvalidAddresses()", failure.getInvalidAddresses());
        page.gap();
        return bare(failure.getValidSentAddresses());
    }

    private void checkNobodyElse(List<String> sent) throws MessagingException, IOException {
        if (!sent.isEmpty()) {
            new SentFile(sandbox, page, file.content()).show(sent);
        }
        int others = 0;
        for (String recipient : recipients) {
            others += sent.contains(recipient) ? 0 : showMailbox("", recipient).size();
        }
        page.gap();
        page.check("Whoever it was not sent to has nothing.", others == 0, others + " messages arrived");
    }
}
