package io.flaremail.demo;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Exchange;
import io.flaremail.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Looks for traces of a blind copy: in the request's bytes, in the message in it, in what arrived. */
final class BccCheck {
    private static final Pattern FIELD =
            Pattern.compile("^(resent-)?bcc\\s*:", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final Sandbox sandbox;
    private final Page page;
    private final String address;

    BccCheck(Sandbox sandbox, Page page, String address) {
        this.sandbox = sandbox;
        this.page = page;
        this.address = address;
    }

    void check(List<byte[]> arrived) {
        Exchange request = sandbox.requests().get(sandbox.requests().size() - 1);
        Accepted accepted = sandbox.accepted().get(sandbox.accepted().size() - 1);
        int mentions = occurrences(text(request.body()));
        page.check(
                "In the request's " + Text.bytes(request.body().length)
                        + " the Bcc address stands once: among the envelope's recipients.",
                mentions == 1 && accepted.recipients().contains(address),
                "it stands there " + mentions + " times; recipients: " + accepted.recipients());
        page.check(
                "The message on the wire has no Bcc field and names the address nowhere.",
                isClean(accepted.mime()),
                traces(accepted.mime()));
        page.check(
                "Nor does any of the messages that arrived.",
                arrived.stream().allMatch(BccCheck.this::isClean),
                arrived.stream().map(this::traces).toList().toString());
    }

    private boolean isClean(byte[] message) {
        return occurrences(text(message)) == 0 && !FIELD.matcher(text(message)).find();
    }

    private String traces(byte[] message) {
        return occurrences(text(message)) + " times the address"
                + (FIELD.matcher(text(message)).find() ? ", and a Bcc field" : "");
    }

    private int occurrences(String text) {
        return text.split(Pattern.quote(address), -1).length - 1;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
