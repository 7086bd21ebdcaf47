package io.flaremail.text;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address in the form that the API accepts: bare, printable ASCII, an internationalised domain as punycode. Or the
 * reason why it has no such form. Follows RFC 5321 section 4.1.2, but accepts misplaced dots, which real addresses
 * have. Immutable.
 *
 * <p>Tests: ChecksBeforeSendingTest.
 */
public final class WireAddress {
    private static final Pattern LOCAL_PART =
            Pattern.compile("[!#$%&'*+\\-/0-9=?A-Z^_`a-z{|}~.]+|\"([ !#-\\[\\]-~]|\\\\[ -~])*\"");

    private static final Pattern DOMAIN = Pattern.compile(
            "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*|\\[[!-Z^-~]+]");

    /**
     * Invisible characters, and those that Java's IDN of 2003 maps or drops, but that make a different domain under RFC
     * 5891: mail must not go to the wrong domain.
     */
    private static final Pattern AMBIGUOUS =
            Pattern.compile("[\u00df\u1e9e\u03c2\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f]");

    /** More than RFC 5321 section 4.5.3.1 allows, and short enough for the patterns. */
    private static final int LONGEST = 500;

    private final String text;
    private final String problem;

    private WireAddress(String text, String problem) {
        this.text = text;
        this.problem = problem;
    }

    /** @param address with or without angle brackets; null makes an unusable address, not an exception */
    public static WireAddress of(String address) {
        String bare = withoutBrackets(address == null ? "" : address);
        int at = bare.lastIndexOf('@');
        if (bare.isEmpty()) {
            return problem("is empty");
        }
        if (bare.length() > LONGEST) {
            return problem("is longer than " + LONGEST + " characters");
        }
        if (bare.chars().anyMatch(Character::isISOControl)) {
            return problem("contains a line break or another control character");
        }
        if (at <= 0 || at == bare.length() - 1) {
            return problem("has no local part and domain");
        }
        return of(bare.substring(0, at), bare.substring(at + 1));
    }

    private static WireAddress of(String localPart, String domain) {
        if (!isAscii(localPart)) {
            return problem("has a local part that is not ASCII, which Cloudflare Email Sending cannot send to or from");
        }
        if (!LOCAL_PART.matcher(localPart).matches()) {
            return problem("has a space or special character in its local part, outside quotes");
        }
        String ascii = isAscii(domain) ? domain : punycode(domain);
        if (ascii == null) {
            return problem("has a domain that is not ASCII and has no unambiguous punycode form: give it as xn--");
        }
        if (!DOMAIN.matcher(ascii).matches()) {
            return problem("has an invalid domain, such as one with a space or special character");
        }
        return new WireAddress(localPart + '@' + ascii.toLowerCase(Locale.ROOT), null);
    }

    public boolean isUsable() {
        return problem == null;
    }

    /** Why it is unusable, as the rest of a sentence that begins with the address; null if it is usable. */
    public String problem() {
        return problem;
    }

    /** The bare address; null if it is unusable. */
    @Override
    public String toString() {
        return text;
    }

    private static WireAddress problem(String problem) {
        return new WireAddress(null, problem);
    }

    /** Null if there is none, or it may belong to another registrant. */
    private static String punycode(String domain) {
        if (AMBIGUOUS.matcher(domain).find()) {
            return null;
        }
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutBrackets(String address) {
        return address.startsWith("<") && address.endsWith(">") ? address.substring(1, address.length() - 1) : address;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
