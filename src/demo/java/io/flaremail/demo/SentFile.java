package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
        showTrace();
        page.check("Each of them has it, once.", onceEach, arrived.size() + " messages in all");
        compare(arrived);
    }

    private void compare(List<byte[]> arrived) throws MessagingException {
        byte[] wire = sandbox.accepted().get(0).mime();
        compareWithFile(wire);
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

    private void compareWithFile(byte[] wire) throws MessagingException {
        List<String> leftOut = new ArrayList<>(WireForm.neverSent(file));
        leftOut.addAll(WireForm.trace(file));
        String without = leftOut.isEmpty() ? "." : ", without " + String.join(", ", leftOut) + ".";
        byte[] expected = WireForm.of(file);
        if (WireForm.isUtf8(expected)) {
            page.check(
                    "On the wire it is byte for byte the file, line ends as CRLF" + without,
                    Arrays.equals(expected, wire),
                    difference(expected, wire));
            return;
        }
        Optional<String> difference = Reading.difference(expected, wire);
        page.check(
                "On the wire it is re-encoded, since JSON cannot carry what is not UTF-8. A reader sees what is in the"
                        + " file: the same parts, header fields and contents"
                        + (Reading.isWhole(expected) ? "" : ", as far as the file can be read") + without,
                difference.isEmpty(),
                difference.orElse(""));
    }

    /** Says what is missing and why, if the file was delivered before. */
    private void showTrace() {
        List<String> trace = WireForm.trace(file);
        if (!trace.isEmpty()) {
            page.paragraph("The file was delivered before. Left out of its top, by mail.cloudflare.strip's default: "
                    + String.join(", ", trace) + ". The live service has been seen to refuse mail with Received"
                    + " fields, and so does the sandbox.");
            page.gap();
        }
    }

    private static String difference(byte[] expected, byte[] actual) {
        return "they differ from byte " + Arrays.mismatch(expected, actual) + " on; expected "
                + Text.bytes(expected.length) + ", got " + Text.bytes(actual.length);
    }
}
