package io.flaremail;

import java.net.IDN;

/**
 * An address as the API takes it: bare, printable ASCII, an internationalised domain as punycode (RFC 5891). Or the
 * reason why there is no such form; deciding is all this does.
 */
final class WireAddress {
    private static final String OUTSIDE_QUOTES = " <>(),;:\\[]\"";

    private final String text;
    private final String problem;

    private WireAddress(String text, String problem) {
        this.text = text;
        this.problem = problem;
    }

    /** @param address with or without angle brackets; null is a problem, not an error */
    static WireAddress of(String address) {
        String bare = withoutBrackets(address == null ? "" : address);
        int at = bare.lastIndexOf('@');
        if (bare.isEmpty()) {
            return problem("is empty");
        }
        for (int i = 0; i < bare.length(); i++) {
            if (Character.isISOControl(bare.charAt(i))) {
                return problem("contains a line break or another control character");
            }
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
        if (!isQuoted(localPart) && holdsAnyOf(localPart, OUTSIDE_QUOTES)) {
            return problem("has a space or special character in its local part, outside quotes");
        }
        if (holdsAnyOf(domain, " <>(),;\\\"@")) {
            return problem("has a space or special character in its domain");
        }
        try {
            return new WireAddress(localPart + '@' + (isAscii(domain) ? domain : IDN.toASCII(domain)), null);
        } catch (IllegalArgumentException noPunycode) {
            return problem("has a domain that is not ASCII and has no punycode form");
        }
    }

    boolean isUsable() {
        return problem == null;
    }

    /** Why there is no such form, to follow the address in a sentence; null when there is. */
    String problem() {
        return problem;
    }

    /** The bare address; null when there is none. */
    @Override
    public String toString() {
        return text;
    }

    private static WireAddress problem(String problem) {
        return new WireAddress(null, problem);
    }

    private static String withoutBrackets(String address) {
        return address.startsWith("<") && address.endsWith(">") ? address.substring(1, address.length() - 1) : address;
    }

    private static boolean isQuoted(String localPart) {
        return localPart.length() > 2 && localPart.startsWith("\"") && localPart.endsWith("\"");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean holdsAnyOf(String text, String characters) {
        return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
    }
}
