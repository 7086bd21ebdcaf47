package io.flaremail.demo;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The message file and the recipients that the arguments name. */
record MailFile(Path path, byte[] content, List<InternetAddress> recipients) {

    static MailFile of(List<String> args) throws UsageException {
        String name = args.get(0);
        byte[] content = read(name);
        if (args.size() == 1) {
            throw new UsageException("No recipients: give at least one address after " + name);
        }
        List<InternetAddress> recipients = new ArrayList<>();
        for (String address : args.subList(1, args.size())) {
            recipients.add(recipient(address));
        }
        return new MailFile(Path.of(name), content, recipients);
    }

    InternetAddress[] envelope() {
        return recipients.toArray(InternetAddress[]::new);
    }

    private static byte[] read(String name) throws UsageException {
        try {
            Path path = Path.of(name);
            if (!Files.exists(path)) {
                throw new UsageException("No such file: " + name);
            }
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new UsageException("Not a readable file: " + name);
            }
            byte[] content = Files.readAllBytes(path);
            if (content.length == 0) {
                throw new UsageException("The file is empty: " + name);
            }
            return content;
        } catch (InvalidPathException | IOException unreadable) {
            throw new UsageException("Cannot read " + name + ": " + unreadable);
        }
    }

    private static InternetAddress recipient(String text) throws UsageException {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (address.isGroup() || address.getAddress().indexOf('@') <= 0) {
                throw new UsageException("Not a single address: " + text);
            }
            if (!address.getAddress().chars().allMatch(c -> c < 0x80)) {
                throw new UsageException("Not an ASCII address, which IMAP here would need: " + text);
            }
            return address;
        } catch (AddressException wrong) {
            throw new UsageException("Not an address: " + text + " (" + wrong.getMessage() + ")");
        }
    }
}
