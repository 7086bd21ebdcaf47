package io.flaremail.mime;

/** Is it UTF-8? Strictly: no overlong form, no surrogate, nothing above U+10FFFF. RFC 3629 4. */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            if (octets[at] >= 0) {
                at++;
                continue;
            }
            int length = sequence(octets, at, to);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** The length of the multi-octet sequence at {@code at}, 0 if there is none. */
    private static int sequence(byte[] octets, int at, int to) {
        int lead = octets[at] & 0xff;
        int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length == 0 || to - at < length || !second(lead, octets[at + 1] & 0xff)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((octets[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static boolean second(int lead, int octet) {
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return octet >= low && octet <= high;
    }
}
