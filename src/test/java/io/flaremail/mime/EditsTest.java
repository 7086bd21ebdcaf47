package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last check before a multipart is sent: lines are compared, since one that is lost must not make up for a new one. */
class EditsTest {
    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "'one\r\ntwo\r\n',           'one\r\n--b\r\n',           true",
        "'--b x\r\none\r\n',         'x\r\n--b\r\n',             true",
        "'--b x\r\n',                '--b\r\n',                  true",
        "'--b x\r\n--b\r\n',         '--b\r\n--b x\r\n',         true",
        "'--b\r\n',                  '--b\r\n--b\r\n',           true",
        "'--b x\r\n--b\r\none\r\n',  '--b\r\ntwo\r\n',           false",
        "'--b\r\none\r\n',           '--b\r\ntwo\r\n--a\r\n',    false",
        "'one --b\r\n',              'two --b\r\n',              false",
    })
    void aNewDelimiterIsSeen(String before, String after, boolean isNew) {
        byte[] message = Rewrites.bytes("--b\r\n" + before + "--b--\r\n");
        Octets whole = new Octets(message, 0, message.length);
        Edits edits = new Edits(message);
        edits.replace(whole.between(5, 5 + before.length()), Rewrites.bytes(after));
        assertEquals(isNew, edits.hasNewDelimiter(whole, "--b"), before);
    }
}
