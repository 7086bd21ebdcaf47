package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a multipart is divided, and why some cannot be. {@code $} is a line end; the boundary is b. */
class MultipartTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--b$$one$--b$$two$--b--$      | ''      | $one/$two      | --b--$",
                "pre$--b$$one$--b--$post$      | pre$    | $one           | --b--$post$",
                "--b $$one$--b-- $             | ''      | $one           | --b-- $",
                "--b$$one$                     | ''      | $one$          | ''",
                "--b$$one                      | ''      | $one           | ''",
                "--bb$--b$$one$--bb$--b--$     | --bb$   | $one$--bb      | --b--$",
                "--b$--b$$two$--b--$           | ''      | /$two          | --b--$",
                "$--b$$one$--b--               | $       | $one           | --b--",
                "x--b$--b$$one$--b--$          | x--b$   | $one           | --b--$",
            })
    void isDividedAtItsDelimiters(String body, String preamble, String parts, String epilogue) {
        Multipart multipart = multipart("multipart/mixed; boundary=b", body);
        assertNull(multipart.problem);
        assertEquals(preamble, shown(multipart.preamble));
        assertEquals(parts, multipart.parts.stream().map(MultipartTest::shown).collect(Collectors.joining("/")));
        assertEquals(epilogue, shown(multipart.epilogue));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--c$$one$--c--$               | its parts cannot be found                            | correct the boundary",
                "''                            | its parts cannot be found                            | correct the boundary",
                "--b--$                        | it ends before its first part begins                 | correct the boundary",
                "--b$$one$--b--x$--b--$        | a line in it looks like its end to some readers only | choose a boundary",
                "--b$$one$--b                  | a delimiter is cut short at its end                  | end it as RFC 2046",
                "--b$X: 1$--b--$\u00e9$        | a delimiter cuts the header of one of its parts      | end that header",
                "--b$Content-Type: x/y$--b$\u00e9: 1$$--b--$ | a delimiter cuts the header             | end that header",
            })
    void isNotDividedWhereReadersDisagree(String body, String why, String remedy) {
        Multipart multipart = multipart("multipart/mixed; boundary=b", body);
        assertTrue(multipart.problem.startsWith(why), multipart.problem);
        assertTrue(multipart.remedy.startsWith(remedy), multipart.remedy);
    }

    /** A reader that overlooks the delimiter applies the labels of the previous part to the next one. */
    @Test
    void aHeaderCutShortMattersOnlyWhereTextIsConcerned() {
        assertNull(multipart("multipart/mixed; boundary=b", "--b$X: 1$--b--$post$").problem);
        assertNull(multipart("multipart/mixed; boundary=b", "--b$X: 1$--b$$\u00e9$--b--$").problem, "not labelled");
        assertNull(multipart("multipart/mixed; boundary=b", "--b$Content-Type: x/y$$--b$$\u00e9$--b--$").problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/mixed                   | --x$$one$--x--$        | --x",
                "multipart/mixed                   | -----$--x $$one$--x--$ | --x",
                "multipart/mixed                   | ----$$one$             | ----",
                "multipart/mixed                   | --$--x$$one$           | --x",
                "multipart/mixed                   | text$                  | ''",
                "multipart/mixed; boundary=\"b c\" | --x$                   | --b c",
            })
    void withoutTheParameterTheFirstLineThatLooksLikeADelimiterIsOne(String type, String body, String delimiter) {
        assertEquals(delimiter, Multipart.delimiter(entity(type, body)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/mixed; boundary=a; boundary=b | readers may disagree about its boundary | give it one boundary",
                "multipart/mixed; boundary=\"\"          | readers may disagree about its boundary | give it one boundary",
                "multipart; boundary=b                   | readers may disagree about its type     | correct its Content-Type",
                "multipart/mixed                         | its parts cannot be found               | correct the boundary",
            })
    void aDoubtfulLabelIsNamed(String type, String why, String remedy) {
        Multipart multipart = multipart(type, "words$");
        assertEquals(why, multipart.problem);
        assertTrue(multipart.remedy.startsWith(remedy), multipart.remedy);
    }

    private static Multipart multipart(String type, String body) {
        return Multipart.of(entity(type, body));
    }

    private static Entity entity(String type, String body) {
        return Entity.message(octets("Content-Type: " + type + "$$" + body));
    }

    private static Octets octets(String text) {
        byte[] octets = text.replace("$", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return new Octets(octets, 0, octets.length);
    }

    private static String shown(Octets octets) {
        return octets.text().replace("\r\n", "$");
    }

    private static String shown(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).replace("\r\n", "$");
    }
}
