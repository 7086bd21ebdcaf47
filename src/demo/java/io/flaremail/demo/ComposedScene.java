package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An ordinary message goes out, and everything about it is looked at again on the other side. */
final class ComposedScene extends Scene {
    ComposedScene(Sandbox sandbox, Page page) {
        super(sandbox, page);
    }

    void play() throws MessagingException, IOException {
        page.heading("1  Transport.send(message): HTML, inline image, attachment, Cc, Bcc");
        MimeMessage message = ComposedMail.in(Mail.session(Mail.properties(sandbox)));
        Transport.send(message);

        List<byte[]> arrived = new ArrayList<>();
        arrived.addAll(showMailbox("To", ComposedMail.TO));
        arrived.addAll(showMailbox("Cc", ComposedMail.CC));
        arrived.addAll(showMailbox("Bcc", ComposedMail.BCC));
        page.gap();
        if (!arrived.isEmpty()) {
            look(Inbox.parse(arrived.get(0)));
        }
        page.check("Each of the three has it, once.", arrived.size() == 3, arrived.size() + " messages in all");
        new BccCheck(sandbox, page, ComposedMail.BCC).check(arrived);
        page.check(
                "The caller's message object still has its Bcc.",
                bare(message.getRecipients(RecipientType.BCC)).equals(List.of(ComposedMail.BCC)),
                "it now says " + Arrays.toString(message.getRecipients(RecipientType.BCC)));
    }

    private void look(MimeMessage arrived) throws MessagingException, IOException {
        page.row("Subject", String.valueOf(arrived.getSubject()));
        showParts(arrived);
        page.gap();
        page.check(
                "The subject is the one that was set.",
                ComposedMail.SUBJECT.equals(arrived.getSubject()),
                "expected \"" + ComposedMail.SUBJECT + "\"");
        List<Piece> pieces = Piece.of(arrived);
        same("The text", pieces, "text/plain", ComposedMail.TEXT.getBytes(StandardCharsets.UTF_8));
        same("The HTML", pieces, "text/html", ComposedMail.HTML.getBytes(StandardCharsets.UTF_8));
        same("The inline image", pieces, "image/png", ComposedMail.IMAGE);
        same("The attachment", pieces, "application/octet-stream", ComposedMail.ATTACHMENT);
    }

    private void same(String what, List<Piece> pieces, String type, byte[] sent) {
        List<byte[]> arrived = pieces.stream()
                .filter(piece -> piece.type().equals(type))
                .map(Piece::content)
                .toList();
        boolean same = arrived.size() == 1 && Arrays.equals(arrived.get(0), sent);
        page.check(
                what + " is byte for byte the one that was sent.",
                same,
                "sent " + Text.bytes(sent.length) + ", arrived "
                        + (arrived.isEmpty() ? "none" : Text.bytes(arrived.get(0).length) + ", different"));
    }
}
