package io.flaremail.cli;

import io.flaremail.api.Attachment;
import io.flaremail.api.Email;
import io.flaremail.api.SendResult;
import io.flaremail.mime.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Sends a message made of options; Cloudflare composes it. */
final class SendParts {
    /** What the API takes as the value of one header field, in bytes. */
    private static final int LONGEST_FIELD = 2048;

    private final Send send;
    private final Outgoing outgoing;

    private SendParts(Send send, Outgoing outgoing) {
        this.send = send;
        this.outgoing = outgoing;
    }

    static SendResult send(Send send, Outgoing outgoing) throws CliException, IOException {
        return outgoing.send(new SendParts(send, outgoing).email());
    }

    private Email email() throws CliException, IOException {
        try {
            return parts().build();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw CliException.usage(e.getMessage() + ": see flaremail send --help");
        }
    }

    private Email.Builder parts() throws CliException, IOException {
        Email.Builder email = Email.builder();
        String from = outgoing.sender(send.from);
        if (from != null) {
            email.from(Outgoing.address("--from", from), Outgoing.name(from));
        }
        recipients(email);
        if (send.replyTo != null) {
            email.replyTo(Outgoing.address("--reply-to", send.replyTo), Outgoing.name(send.replyTo));
        }
        if ("-".equals(send.text) && "-".equals(send.html)) {
            throw CliException.usage("standard input can be read once: for --text or for --html");
        }
        if (send.subject != null) {
            email.subject(send.subject);
        }
        email.text(content(send.text, "--text")).html(content(send.html, "--html"));
        Input.requireSize(send.attachments);
        for (Path file : send.attachments) {
            email.attach(attachment(file));
        }
        return email;
    }

    /** Each recipient once, in the first list that has it. */
    private void recipients(Email.Builder email) throws CliException {
        List<String> intended = outgoing.intended();
        if (outgoing.isRedirected() && !intended.isEmpty()) {
            email.to(outgoing.redirect()).header(RawMessage.INTENDED_RECIPIENTS, fitting(intended));
            return;
        }
        Set<String> added = new HashSet<>();
        add("--to", send.to, added, email::to);
        add("--cc", send.cc, added, email::cc);
        add("--bcc", send.bcc, added, email::bcc);
    }

    private static void add(String option, List<String> given, Set<String> added, BiConsumer<String, String> list)
            throws CliException {
        for (String each : given) {
            String address = Outgoing.address(option, each);
            if (added.add(address)) {
                list.accept(address, Outgoing.name(each));
            }
        }
    }

    /** As many addresses as the API takes in one header field, and how many more there are. */
    private static String fitting(List<String> addresses) {
        StringBuilder value = new StringBuilder();
        int count = 0;
        for (String each : addresses) {
            if (value.length() + each.length() > LONGEST_FIELD - ", and 1000000 more".length()) {
                return value + ", and " + (addresses.size() - count) + " more";
            }
            value.append(count++ == 0 ? "" : ", ").append(each);
        }
        return value.toString();
    }

    private static Attachment attachment(Path file) throws CliException {
        String name = String.valueOf(file.getFileName());
        String type = URLConnection.guessContentTypeFromName(name);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = Input.bytes(in, file.toString());
            return Attachment.of(content, name, type == null ? "application/octet-stream" : type);
        } catch (IOException e) {
            throw CliException.usage("--attach: cannot read " + file + ": " + Input.reason(file, e));
        }
    }

    private String content(String given, String name) throws CliException, IOException {
        return "-".equals(given) ? Input.text(send.process().in, name) : given;
    }
}
