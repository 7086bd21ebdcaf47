package io.flaremail.cli;

import io.flaremail.api.Email;
import io.flaremail.api.EmailSending;
import io.flaremail.api.SendResult;
import io.flaremail.config.TransportSettings;
import io.flaremail.mime.RawMessage;
import io.flaremail.text.WireAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file and a message of parts have in common: senders and recipients as the options want them, and the request. */
final class Outgoing {
    private static final Pattern NAMED = Pattern.compile("\\s*\"?(.*?)\"?\\s*<([^<>]+)>\\s*");

    /** A quoted string or a comment of a field: no address begins in it. RFC 5322 sections 3.2.2 and 3.2.4. */
    private static final Pattern NO_ADDRESS = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"(?!@)|\\([^()]*\\)");

    private final Send send;
    private final TransportSettings settings;
    private final EmailSending api;

    Outgoing(Send send, TransportSettings settings, EmailSending api) {
        this.send = send;
        this.settings = settings;
        this.api = api;
    }

    /** The envelope sender: the option, else the property, else the file's From or Sender. */
    String sender(String option, RawMessage file) throws CliException {
        if (option != null) {
            return address("--from", option);
        }
        if (settings.from != null) {
            return address(settings.fromSource, settings.from);
        }
        String field = file.field("From").isPresent() ? "From" : "Sender";
        String value =
                file.field(field).orElseThrow(() -> CliException.usage(send.file + " has no From field: give --from"));
        return address("the " + field + " field of " + send.file, first(value));
    }

    /** The first address of a From field. */
    private static String first(String field) {
        String addresses = NO_ADDRESS.matcher(field).replaceAll("");
        String one = addresses.split(",", 2)[0];
        return one.trim();
    }

    /** The sender of a message of parts; null if there is none. */
    String sender(String option) {
        return option != null ? option : settings.from;
    }

    /** The addresses as the API takes them. */
    List<String> recipients(String name, List<String> given) throws CliException {
        List<String> recipients = new ArrayList<>();
        for (String each : given) {
            recipients.add(address(name, each));
        }
        return recipients;
    }

    /** How many different recipients the message has. */
    int recipients() throws CliException {
        if (isRedirected()) {
            return 1;
        }
        Set<String> recipients = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        recipients.addAll(recipients("--to", send.to));
        recipients.addAll(recipients("--cc", send.cc));
        recipients.addAll(recipients("--bcc", send.bcc));
        return recipients.size();
    }

    /** The bare address as the API takes it, an international domain as punycode. */
    static String address(String name, String given) throws CliException {
        Matcher named = NAMED.matcher(given);
        WireAddress address = WireAddress.of(named.matches() ? named.group(2).trim() : given.trim());
        if (!address.isUsable()) {
            throw CliException.usage(name + ": the address " + given + " " + address.problem());
        }
        return address.toString();
    }

    /** The name of {@code Ada <a@example.com>}; null if there is none. */
    static String name(String given) {
        Matcher named = NAMED.matcher(given);
        return named.matches() && !named.group(1).isEmpty() ? named.group(1) : null;
    }

    boolean isRedirected() {
        return settings.redirect != null;
    }

    /** The address that gets everything, if {@link #isRedirected()}. */
    String redirect() {
        return settings.redirect.toString();
    }

    List<String> strip() {
        return settings.strip;
    }

    int mostRecipients() {
        return EmailSending.MAX_RECIPIENTS;
    }

    SendResult sendRaw(String sender, List<String> recipients, byte[] message) throws IOException {
        List<String> to = isRedirected() ? Collections.singletonList(redirect()) : recipients;
        return post(() -> api.sendRaw(sender, to, message));
    }

    SendResult send(Email email) throws IOException {
        return post(() -> api.send(email));
    }

    /** An Error comes out only if nothing was sent. */
    private SendResult post(Request request) throws IOException {
        send.begin();
        try {
            return request.make();
        } catch (Error e) {
            send.nothingWasSent();
            throw e;
        }
    }

    private interface Request {
        SendResult make() throws IOException;
    }
}
