package io.flaremail.cli;

import io.flaremail.api.SendResult;
import io.flaremail.mime.RawMessage;
import io.flaremail.mime.UnencodableContentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends an .eml file as it is, but for Bcc and the header fields that the transport leaves out as well. */
final class SendFile {
    private SendFile() {}

    static SendResult send(Send send, Outgoing outgoing) throws CliException, IOException {
        RawMessage file = RawMessage.of(read(send));
        String sender = outgoing.sender(send.from, file);
        List<String> recipients = outgoing.recipients("--to", send.to);
        if (recipients.size() > outgoing.mostRecipients()) {
            throw CliException.usage(
                    "--to: expected at most " + outgoing.mostRecipients() + " addresses, got " + recipients.size());
        }
        List<String> leftOut = new ArrayList<>(RawMessage.NEVER_SENT);
        leftOut.addAll(outgoing.strip());
        RawMessage message = file.without(leftOut);
        if (!message.field("From").isPresent()) {
            String from = message.field("Sender").orElse(sender);
            message = message.without(Arrays.asList("From")).with("From", from);
        }
        if (outgoing.isRedirected()) {
            message = message.with(RawMessage.INTENDED_RECIPIENTS, String.join(",\r\n ", recipients));
        }
        return outgoing.sendRaw(sender, utf8(message, send));
    }

    private static byte[] utf8(RawMessage message, Send send) throws CliException {
        try {
            return message.utf8();
        } catch (UnencodableContentException e) {
            throw CliException.usage(send.file + " cannot be sent as JSON: " + e.getMessage(), e);
        }
    }

    private static byte[] read(Send send) throws CliException {
        boolean standard = send.file.toString().equals("-");
        try (InputStream in = standard ? send.process().in : Files.newInputStream(send.file)) {
            byte[] bytes = Input.bytes(in, send.file.toString());
            if (bytes.length == 0) {
                throw CliException.usage(send.file + ": there is nothing in it");
            }
            return bytes;
        } catch (IOException e) {
            throw CliException.usage("cannot read " + send.file + ": " + Input.reason(send.file, e));
        }
    }
}
