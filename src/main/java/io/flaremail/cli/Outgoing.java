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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file and a message of parts have in common: senders and recipients as the options want them, and the request. */
final class Outgoing {
    private static final Pattern NAMED = Pattern.compile("\\s*\"?([^<>]*?)\"?\\s*<([^<>]+)>\\s*");

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

    /** The first mailbox of a From field, RFC 5322 section 3.4: without comments, up to a comma outside quotes. */
    static String first(String field) {
        StringBuilder mailbox = new StringBuilder();
        boolean quoted = false;
        int comments = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean escaped = c == '\\' && i + 1 < field.length() && (quoted || comments > 0);
            if (c == '"' && comments == 0) {
                quoted = !quoted;
            } else if (!escaped && !quoted && (c == '(' || c == ')' && comments > 0)) {
                comments += c == '(' ? 1 : -1;
                continue;
            } else if (c == ',' && !quoted && comments == 0) {
                break;
            }
            if (comments == 0) {
                mailbox.append(c);
            }
            if (escaped) {
                i++;
                mailbox.append(comments == 0 ? String.valueOf(field.charAt(i)) : "");
            }
        }
        String text = mailbox.toString().trim();
        return text.endsWith(">")
                ? text.substring(text.lastIndexOf('<') + 1, text.length() - 1).trim()
                : text;
    }

    /** The sender of a message of parts; null if there is none. */
    String sender(String option) {
        return option != null ? option : settings.from;
    }

    /** The addresses as the API takes them, each once. */
    List<String> recipients(String name, List<String> given) throws CliException {
        Set<String> recipients = new LinkedHashSet<>();
        for (String each : given) {
            recipients.add(address(name, each));
        }
        return new ArrayList<>(recipients);
    }

    /** The recipients of the request, each once. */
    List<String> recipients() throws CliException {
        return isRedirected() ? Collections.singletonList(redirect()) : intended();
    }

    /** The recipients that were given, each once. */
    List<String> intended() throws CliException {
        Set<String> recipients = new LinkedHashSet<>(recipients("--to", send.to));
        recipients.addAll(recipients("--cc", send.cc));
        recipients.addAll(recipients("--bcc", send.bcc));
        return new ArrayList<>(recipients);
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

    SendResult sendRaw(String sender, byte[] message) throws CliException, IOException {
        List<String> recipients = recipients();
        return post(() -> api.sendRaw(sender, recipients, message));
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
