package io.flaremail.mime;

/**
 * Checks byte by byte whether a stream is valid UTF-8: without overlong forms, surrogates, and characters above
 * U+10FFFF. RFC 3629 4.
 *
 * <p>Tests: Utf8CheckTest, JsonMimeStreamTest.
 */
final class Utf8Check {
    private boolean valid = true;
    private int missing;
    private int lowest;
    private int highest;

    static boolean isUtf8(byte[] octets, int from, int to) {
        Utf8Check check = new Utf8Check();
        for (int at = from; at < to && check.valid; at++) {
            if (octets[at] < 0 || check.missing > 0) {
                check.next(octets[at]);
            }
        }
        check.end();
        return check.valid;
    }

    /**
     * Whether a character may start here, so that ASCII bytes need no check. Also true if the stream is invalid
     * already.
     */
    boolean isBetweenCharacters() {
        return missing == 0;
    }

    boolean isValid() {
        return valid;
    }

    void next(byte b) {
        int octet = b & 0xFF;
        if (missing > 0) {
            continuation(octet);
        } else if (octet >= 0x80) {
            lead(octet);
        }
    }

    void end() {
        if (missing > 0) {
            fail();
        }
    }

    private void continuation(int octet) {
        if (octet < lowest || octet > highest) {
            fail();
            return;
        }
        missing--;
        lowest = 0x80;
        highest = 0xBF;
    }

    private void lead(int octet) {
        if (octet >= 0xC2 && octet <= 0xDF) {
            expect(1, 0x80, 0xBF);
        } else if (octet >= 0xE0 && octet <= 0xEF) {
            expect(2, octet == 0xE0 ? 0xA0 : 0x80, octet == 0xED ? 0x9F : 0xBF);
        } else if (octet >= 0xF0 && octet <= 0xF4) {
            expect(3, octet == 0xF0 ? 0x90 : 0x80, octet == 0xF4 ? 0x8F : 0xBF);
        } else {
            fail();
        }
    }

    private void expect(int continuations, int from, int to) {
        missing = continuations;
        lowest = from;
        highest = to;
    }

    private void fail() {
        valid = false;
        missing = 0;
    }
}
