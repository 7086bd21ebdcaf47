package io.flaremail.demo;

import io.flaremail.sandbox.Sandbox;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What the scenes have in common: looking into mailboxes and telling what is there. */
class Scene {
    final Sandbox sandbox;
    final Page page;

    Scene(Sandbox sandbox, Page page) {
        this.sandbox = sandbox;
        this.page = page;
    }

    /** Shows how many messages a recipient has, and answers their bytes. */
    final List<byte[]> showMailbox(String role, String address) throws MessagingException, IOException {
        List<byte[]> messages = Inbox.read(sandbox, address);
        int size = messages.stream().mapToInt(message -> message.length).sum();
        String holds = messages.isEmpty()
                ? "nothing"
                : Text.count(messages.size(), "message") + ", " + Text.count(size, "byte");
        page.line(String.format("%-5s%-34s%s", role, Text.fit(address, 32), holds));
        return messages;
    }

    final void showParts(MimeMessage message) throws MessagingException, IOException {
        for (Piece piece : Piece.of(message)) {
            String type = Text.fit(" ".repeat(2 * piece.depth()) + piece.type(), 33);
            String size = piece.content() == null ? "" : Text.bytes(piece.content().length);
            page.line(String.format("%-34s%13s  %s", type, size, piece.description()));
        }
    }

    final void showArray(String getter, Address[] addresses) {
        page.wideRow(getter, addresses == null || addresses.length == 0 ? List.of("nobody") : bare(addresses));
    }

    /** The addresses without names; an absent array is an empty one. */
    static List<String> bare(Address[] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses)
                        .map(address -> ((InternetAddress) address).getAddress())
                        .toList();
    }
}
