package io.flaremail.cli;

import io.flaremail.api.Attachment;
import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.Email;
import io.flaremail.api.EmailSending;
import io.flaremail.api.SendResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a message of parts: Cloudflare composes it. */
final class SendParts {
    private static final Pattern NAMED = Pattern.compile("\\s*\"?(.*?)\"?\\s*<([^<>]+)>\\s*");

    private final Send send;

    SendParts(Send send) {
        this.send = send;
    }

    int send(Settings settings, Page page) throws Trouble, IOException {
        Email email = email();
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            EmailSending sending = cloudflare.client.sending(cloudflare.account());
            return SendText.tell(post(sending, email), page);
        } catch (CloudflareApiException failure) {
            return SendText.tell(failure, page);
        }
    }

    private SendResult post(EmailSending sending, Email email) throws CloudflareApiException {
        send.begin();
        try {
            return sending.send(email);
        } catch (Error nothingWasSent) {
            send.nothingWasSent();
            throw nothingWasSent;
        }
    }

    private Email email() throws Trouble, IOException {
        try {
            return parts().build();
        } catch (IllegalStateException | IllegalArgumentException impossible) {
            throw Trouble.usage(impossible.getMessage() + ": see flaremail send --help");
        }
    }

    private Email.Builder parts() throws Trouble, IOException {
        Email.Builder email = Email.builder();
        if (send.from != null) {
            email.from(address(send.from), name(send.from));
        }
        send.to.forEach(each -> email.to(address(each), name(each)));
        send.cc.forEach(each -> email.cc(address(each), name(each)));
        send.bcc.forEach(each -> email.bcc(address(each), name(each)));
        if (send.replyTo != null) {
            email.replyTo(address(send.replyTo), name(send.replyTo));
        }
        if ("-".equals(send.text) && "-".equals(send.html)) {
            throw Trouble.usage("standard input can be read once: for --text or for --html");
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

    /** Of {@code Ada <a@example.com>}, the address. */
    private static String address(String given) {
        Matcher named = NAMED.matcher(given);
        return named.matches() ? named.group(2) : given;
    }

    /** Null for none. */
    private static String name(String given) {
        Matcher named = NAMED.matcher(given);
        return named.matches() && !named.group(1).isEmpty() ? named.group(1) : null;
    }

    private static Attachment attachment(Path file) throws Trouble {
        String name = String.valueOf(file.getFileName());
        String type = URLConnection.guessContentTypeFromName(name);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = Input.bytes(in, file.toString());
            return Attachment.of(content, name, type == null ? "application/octet-stream" : type);
        } catch (IOException unreadable) {
            throw Trouble.usage("--attach: cannot read " + file + ": " + Input.reason(file, unreadable));
        }
    }

    private String content(String given, String name) throws Trouble, IOException {
        return "-".equals(given) ? Input.text(send.surroundings().in, name) : given;
    }
}
