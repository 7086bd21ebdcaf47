package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes of characters, each to its last member, and text without comments. */
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain           | text/plain",
                "text (c)/plain       | text    /plain",
                "(c) text             | text",
                "a (b (c) d) e        | a           e",
                "a) b                 | a) b",
                "a (b                 | a",
                "(open                | ''",
                "(a)(b)c              | c",
            })
    void aCommentIsWhiteSpace(String text, String without) {
        assertEquals(without, StructuredText.withoutComments(text));
    }

    /** Outside quoted strings; one that stays open is none. Stars stand for the spaces in the place of comments. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a (b) c                 | a *** c",
                "a (b (c) d) e           | a ********* e",
                "\"a (b) c\" (d)         | \"a (b) c\" ***",
                "\"a \\\" (b) c\" (d)    | \"a \\\" (b) c\" ***",
                "a (b \\) c) d           | a ******** d",
                "a (b                    | a (b",
                "a (b (c) d              | a (b (c) d",
                "(a)(b)                  | ******",
                "a\\(b)                  | a\\***",
            })
    void blankCommentsKeepPositions(String text, String blanked) {
        assertEquals(blanked.replace('*', ' '), StructuredText.blankComments(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base64                  | base64",
                " BASE64 (junk)          | base64",
                "base64; x=1             | base64",
                "\"base64\"              | ''",
                "\"a\" base64            | base64",
                "\"a\\\"b\" base64       | base64",
                "/x-uue                  | x-uue",
                "~base64~                | ~base64~",
                "\u00e9base64\u00e9      | base64",
                "\u007fbase64\u007f      | base64",
                "!x                      | !x",
                "quoted-printable?       | quoted-printable",
                "7bit\u007f             | 7bit",
                "7bit 8bit               | 7bit",
                "7bit(8bit               | 7bit",
                "''                      | ''",
            })
    void theLabelOfATransferEncodingIsItsFirstToken(String value, String label) {
        assertEquals(label, TransferEncoding.label(value));
    }

    @Test
    void placesAreNamedAndBounded() {
        assertEquals("part 2.1 (text/plain)", part("text/plain").describe());
        assertEquals("part 2.1", part("text/pl ain").describe());
        assertEquals("part 2.1", part("text/" + "x".repeat(76)).describe());
        assertEquals(
                "part 2.1 (text/" + "x".repeat(75) + ")",
                part("text/" + "x".repeat(75)).describe());
        Entity attached = part("message/rfc822\r\n\r\nContent-Type: odd").attachedMessage();
        assertEquals("the message inside part 2.1", attached.describe());
        assertEquals("a line in the header of part 2.1", part("text/plain").describeField(""));
        assertEquals("header field Subject of the message", entity("odd").describeField("Subject"));
        String longest = "header field " + "x".repeat(80) + " of part 2.1";
        assertEquals(longest, part("text/plain").describeField("x".repeat(80)));
        assertEquals(longest, part("text/plain").describeField("x".repeat(81)));
    }

    private static Entity part(String type) {
        return entity("multipart/mixed").part(octets("x"), 2).part(octets("Content-Type: " + type), 1);
    }

    private static Entity entity(String type) {
        return Entity.message(octets("Content-Type: " + type));
    }

    private static Octets octets(String text) {
        byte[] octets = Rewrites.bytes(text);
        return new Octets(octets, 0, octets.length);
    }
}
