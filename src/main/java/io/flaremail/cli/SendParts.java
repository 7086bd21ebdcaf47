package io.flaremail.cli;

import io.flaremail.api.Attachment;
import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.Email;
import io.flaremail.api.SendResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
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
            SendResult result = cloudflare.client.sending(cloudflare.account()).send(email);
            return SendText.tell(result, page);
        } catch (CloudflareApiException failure) {
            return SendText.tell(failure, page);
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
        if (send.subject != null) {
            email.subject(send.subject);
        }
        email.text(content(send.text)).html(content(send.html));
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
        String type = URLConnection.guessContentTypeFromName(String.valueOf(file.getFileName()));
        try {
            return Attachment.of(file, type == null ? "application/octet-stream" : type);
        } catch (IOException unreadable) {
            throw Trouble.usage("--attach: cannot read " + file + ": "
                    + unreadable.getClass().getSimpleName());
        }
    }

    private String content(String given) throws IOException {
        return "-".equals(given) ? read(send.surroundings().in) : given;
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            all.write(some, 0, count);
        }
        return new String(all.toByteArray(), StandardCharsets.UTF_8);
    }
}
