package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.SendResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "send",
        description = {
            "Send one message: an .eml file, or one composed of --text, --html and --attach.",
            "An exit code of 4 means that the message may have been sent. Do not send it again; ask the recipients.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flaremail send --from a@example.com --to b@example.org \\",
            "      --subject Report --text - --attach report.pdf < note.txt",
            "  flaremail send message.eml --to b@example.org",
        })
final class Send extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "An .eml file, sent without its Bcc field; - reads standard input.")
    java.nio.file.Path file;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "Sender. For FILE: envelope sender; default: its From field.")
    String from;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "Recipient; for FILE: envelope recipient. Repeatable.")
    List<String> to = new ArrayList<>();

    @Option(names = "--cc", paramLabel = "ADDRESS", description = "Copy recipient. Repeatable.")
    List<String> cc = new ArrayList<>();

    @Option(names = "--bcc", paramLabel = "ADDRESS", description = "Blind copy recipient. Repeatable.")
    List<String> bcc = new ArrayList<>();

    @Option(names = "--reply-to", paramLabel = "ADDRESS", description = "Address for replies.")
    String replyTo;

    @Option(names = "--subject", paramLabel = "TEXT", description = "Subject.")
    String subject;

    @Option(names = "--text", paramLabel = "TEXT", description = "Plain text body; - reads standard input.")
    String text;

    @Option(names = "--html", paramLabel = "TEXT", description = "HTML body; - reads standard input.")
    String html;

    @Option(names = "--attach", paramLabel = "FILE", description = "File to attach. Repeatable.")
    List<java.nio.file.Path> attachments = new ArrayList<>();

    /** Whether the message may have been sent by now. */
    private boolean mayBeSent;

    /** From here on, any failure leaves it open whether the message was sent. */
    void begin() {
        mayBeSent = true;
    }

    void nothingWasSent() {
        mayBeSent = false;
    }

    @Override
    int failed(Throwable failure, Page page) {
        if (!mayBeSent) {
            return super.failed(failure, page);
        }
        SendText.mayBeSent(Failures.message(failure, page), page);
        return ExitCode.MAY_BE_SENT;
    }

    @Override
    int run(Settings settings, Page page) throws CliException, IOException {
        if (file != null) {
            requireFileOptions();
        }
        settings.unknownProperties().forEach(page::warning);
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            Outgoing outgoing =
                    new Outgoing(this, settings.transport(), cloudflare.client.sending(cloudflare.account()));
            SendResult result = file == null ? SendParts.send(this, outgoing) : SendFile.send(this, outgoing);
            return SendText.tell(result, outgoing.recipients(), page);
        } catch (CloudflareApiException e) {
            return SendText.tell(e, page);
        }
    }

    private void requireFileOptions() throws CliException {
        if (text != null
                || html != null
                || subject != null
                || replyTo != null
                || !attachments.isEmpty()
                || !cc.isEmpty()
                || !bcc.isEmpty()) {
            throw CliException.usage("FILE is a complete message: use only --from and --to with it");
        }
        if (to.isEmpty()) {
            throw CliException.usage("no recipient: give --to; the To, Cc and Bcc fields of FILE are not read");
        }
    }
}
