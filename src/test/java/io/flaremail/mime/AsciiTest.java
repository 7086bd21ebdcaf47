package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Classes of characters, each with exactly its members, and lower case. */
class AsciiTest {
    private static final String DIGITS = "0123456789";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    @Test
    void classesOfCharactersHaveExactlyTheirMembers() {
        assertEquals(DIGITS + UPPER + UPPER.toLowerCase(), members(Ascii::isAlphanumeric));
        assertEquals(DIGITS + "ABCDEFabcdef", members(Ascii::isHex));
        assertEquals("\t\n\r ", members(Ascii::isSpace));
        assertEquals(128, members(c -> Ascii.isSevenBit("" + (char) c)).length());
    }

    private static String members(IntPredicate which) {
        return IntStream.range(0, 256)
                .filter(which)
                .mapToObj(c -> "" + (char) c)
                .collect(Collectors.joining());
    }

    @Test
    void onlyLettersOfAsciiHaveACase() {
        assertEquals("@[`{" + UPPER.toLowerCase() + "\u00c9", Ascii.lowerCase("@[`{" + UPPER + "\u00c9"));
    }
}
