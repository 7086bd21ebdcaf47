package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The label of a transfer encoding among comments, quotes and other text. */
class TransferEncodingTest {
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

    @ParameterizedTest
    @CsvSource({"base64\u00e9, base64", "\u00e9base64, base64", "quoted-printable\u00e9, quoted-printable"})
    void aTransferEncodingIsReadWithoutItsJunk(String label, String encoding) throws Exception {
        String message = "Content-Transfer-Encoding: " + label + "\r\n\r\nQUJD\r\n";
        String rewritten = Rewrites.rewrite(message);
        assertTrue(rewritten.endsWith("\r\n\r\nQUJD\r\n"), rewritten);
        assertEquals(
                encoding,
                TransferEncoding.label(rewritten.substring(rewritten.indexOf(':') + 1, rewritten.indexOf("\r\n"))));
        Rewrites.check(Rewrites.bytes(message), label);
    }
}
