package io.flaremail.mime;

/** Watches octets go by: are they what {@code 7bit} promises? RFC 2045 2.7. */
final class SevenBit implements Edits.Sink {
    private static final int LONGEST_LINE = 998;

    private boolean holds = true;
    private int column;

    @Override
    public void write(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            column = octets[i] == '\n' ? 0 : octets[i] == '\r' ? column : column + 1;
            holds &= octets[i] > 0 && column <= LONGEST_LINE;
        }
    }

    boolean holds() {
        return holds;
    }
}
