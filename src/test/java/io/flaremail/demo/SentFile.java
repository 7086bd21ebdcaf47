package io.flaremail.demo;

import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What became of a file that was sent: who has it, and whether it is still the same. */
final class SentFile extends Scene {
    private final byte[] file;

    SentFile(Sandbox sandbox, Page page, byte[] file) {
        super(sandbox, page);
        this.file = file;
    }

    void show(List<String> recipients) throws MessagingException, IOException {
        List<byte[]> arrived = new ArrayList<>();
        boolean onceEach = true;
        for (String recipient : recipients) {
            List<byte[]> mailbox = showMailbox("", recipient);
            onceEach &= mailbox.size() == 1;
            arrived.addAll(mailbox);
        }
        page.gap();
        if (!arrived.isEmpty()) {
            showParts(Inbox.parse(arrived.get(0)));
            page.gap();
        }
        page.check("Each of them has it, once.", onceEach, arrived.size() + " messages in all");
        compare(arrived);
    }

    private void compare(List<byte[]> arrived) throws MessagingException {
        Accepted accepted = sandbox.accepted().get(0);
        byte[] wire = accepted.mime();
        boolean hadBcc = Inbox.parse(file).getHeader("Bcc") != null;
        page.check(
                "On the wire it is byte for byte the file, line ends as CRLF"
                        + (hadBcc ? ", without its Bcc field." : "."),
                Arrays.equals(WireForm.of(file), wire),
                difference(WireForm.of(file), wire));
        page.check("No Bcc field on the wire.", Inbox.parse(wire).getHeader("Bcc") == null, "the message carries one");
        byte[] expected = WireForm.withoutId(wire);
        List<byte[]> others = arrived.stream()
                .map(WireForm::withoutId)
                .filter(message -> !Arrays.equals(expected, message))
                .toList();
        page.check(
                "What arrived is the same, but for the Message-ID that the service gives.",
                others.isEmpty(),
                others.isEmpty() ? "" : difference(expected, others.get(0)));
    }

    private static String difference(byte[] expected, byte[] actual) {
        return "they differ from byte " + Arrays.mismatch(expected, actual) + " on; expected "
                + Text.bytes(expected.length) + ", got " + Text.bytes(actual.length);
    }
}
