package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * The main job without an account: starts a sandbox in this process, sends through plain Jakarta Mail with nothing but
 * session properties, reads everything back over IMAP and checks each claim that it prints.
 */
public final class Demo {
    private static final String USAGE = """
            Sends mail to a sandbox inside this process and shows what arrived.

              mvn -q test-compile exec:java
              mvn -q test-compile exec:java -Dexec.args="FILE RECIPIENT..."

            FILE is an .eml file, sent as it is but for Bcc and the trace of an earlier
            delivery; the recipients are the envelope, whatever the file's own fields say.
            What is not UTF-8 is re-encoded on the wire. A name with a space goes in quotes
            of its own: -Dexec.args="'my mail.eml' ada@example.org".

            Exit code: 0 sent, and every check holds; 1 not sent to everybody, or a check
            failed; 2 the arguments make no sense.
            """;

    private Demo() {}

    public static void main(String[] args) {
        int exit = run(List.of(args), new Page(System.out, Colours.onTerminal()), System.err);
        if (exit != 0) {
            System.exit(exit); // not for 0: exec:java runs this inside Maven, which may have more to do
        }
    }

    static int run(List<String> args, Page page, PrintStream err) {
        if (args.contains("--help")) {
            page.raw(USAGE);
            return 0;
        }
        try {
            return args.isEmpty() ? playAll(page) : playFile(MailFile.of(args), page);
        } catch (UsageException wrong) {
            err.println(Text.printable(wrong.getMessage()));
            err.println("Usage: -Dexec.args=\"FILE RECIPIENT...\"; -Dexec.args=--help tells more");
            return 2;
        } catch (MessagingException | IOException unexpected) {
            err.println("The demo itself failed: " + unexpected);
            return 1;
        }
    }

    private static int playAll(Page page) throws MessagingException, IOException {
        try (Sandbox sandbox = Sandbox.start()) {
            Opening.play(Mail.properties(sandbox), page);
            new ComposedScene(sandbox, page).play();
            new BounceScene(sandbox, page).play();
        }
        return page.sum();
    }

    private static int playFile(MailFile file, Page page) throws MessagingException, IOException {
        try (Sandbox sandbox = Sandbox.start()) {
            Opening.play(Mail.properties(sandbox, FileScene.SENDER), page);
            boolean sent = new FileScene(sandbox, page, file).play();
            int exit = page.sum();
            if (!sent) {
                page.alarm("The message was not sent to everybody.");
            }
            return sent ? exit : 1;
        }
    }
}
