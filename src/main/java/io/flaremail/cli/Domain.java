package io.flaremail.cli;

import java.net.IDN;
import java.util.Locale;

/** The domain of a sender, as the API spells it. */
final class Domain {
    private static final String NAME = "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+";

    /** RFC 1035 2.3.4, less the length octet and the root; matching a longer one would take a stack frame for each label. */
    private static final int LONGEST = 253;

    private Domain() {}

    /**
     * @param sender {@code a@example.com}, {@code Ada <a@example.com>} or {@code example.com}
     * @param name of the option or property that it is from
     */
    static String of(String sender, String name) throws CliException {
        String domain = sender.substring(sender.lastIndexOf('@') + 1)
                .replaceAll(">\\s*$", "")
                .trim();
        try {
            String ascii = domain.length() > LONGEST ? "" : IDN.toASCII(domain).toLowerCase(Locale.ROOT);
            if (ascii.length() <= LONGEST && ascii.matches(NAME)) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // the same answer as below
        }
        throw CliException.usage(name + ": expected an address such as billing@mail.example.com");
    }
}
