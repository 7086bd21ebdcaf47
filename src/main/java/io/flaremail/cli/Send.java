package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
        name = "send",
        sortOptions = false,
        description = {
            "Sends one message: an .eml file as it is, or one made of --text, --html and --attach.",
            "Exits with 4 if the message may have been sent: do not send it again, ask the recipients."
        })
final class Send extends Command {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "An .eml file; - reads it from standard input.")
    java.nio.file.Path file;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "The sender. Of FILE: the envelope's; else its From field.")
    String from;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "A recipient; of FILE, the envelope's. May be repeated.")
    List<String> to = new ArrayList<>();

    @Option(names = "--cc", paramLabel = "ADDRESS", description = "A recipient of a copy. May be repeated.")
    List<String> cc = new ArrayList<>();

    @Option(names = "--bcc", paramLabel = "ADDRESS", description = "A blind-copy recipient.")
    List<String> bcc = new ArrayList<>();

    @Option(names = "--reply-to", paramLabel = "ADDRESS", description = "Where answers should go.")
    String replyTo;

    @Option(names = "--subject", paramLabel = "TEXT", description = "The subject.")
    String subject;

    @Option(names = "--text", paramLabel = "TEXT", description = "The text; - reads it from standard input.")
    String text;

    @Option(names = "--html", paramLabel = "TEXT", description = "The HTML; - reads it from standard input.")
    String html;

    @Option(names = "--attach", paramLabel = "FILE", description = "A file to go with it. May be repeated.")
    List<java.nio.file.Path> attachments = new ArrayList<>();

    /** Whether the message may have been sent by now. */
    private boolean mayBeSent;

    /** From here on it may be sent, whatever goes wrong. */
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
        SendText.mayBeSent(page.withoutLongWords(Failures.unexpected(failure)), page);
        return ExitCode.MAY_BE_SENT;
    }

    @Override
    int run(Settings settings, Page page) throws Trouble, IOException {
        if (file != null) {
            requireFileOptions();
        }
        settings.unknownProperties().forEach(page::warning);
        try (Cloudflare cloudflare = Cloudflare.open(settings)) {
            Outgoing outgoing =
                    new Outgoing(this, settings.transport(), cloudflare.client.sending(cloudflare.account()));
            return SendText.tell(file == null ? SendParts.send(this, outgoing) : SendFile.send(this, outgoing), page);
        } catch (CloudflareApiException e) {
            return SendText.tell(e, page);
        }
    }

    private void requireFileOptions() throws Trouble {
        if (text != null
                || html != null
                || subject != null
                || replyTo != null
                || !attachments.isEmpty()
                || !cc.isEmpty()
                || !bcc.isEmpty()) {
            throw Trouble.usage("a FILE is sent as it is: it goes with --from and --to only");
        }
        if (to.isEmpty()) {
            throw Trouble.usage("no recipient: give --to; the file's own To, Cc and Bcc are not read");
        }
    }
}
