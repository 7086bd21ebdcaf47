package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities that are nested too deep are refused, in linear time. */
class NestingTest {
    private static final String DEEP = "Content-Type: message/rfc822\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"message", "multipart", "preamble", "epilogue"})
    void whatNestsTooDeepIsRefused(String where) throws Exception {
        assertFalse(Rewrites.rewrite(nested(where, 90)).isEmpty());
        UnencodableContentException refusal =
                assertThrows(UnencodableContentException.class, () -> Rewrites.rewrite(nested(where, 101)));
        assertTrue(refusal.getMessage().contains("nested more than 100 levels"), refusal.getMessage());
    }

    private static String nested(String where, int levels) {
        String part = "Content-Type: multipart/mixed; boundary=b\r\n\r\n%s--b\r\n\r\nwords%s\r\n--b--\r\n%s";
        return DEEP.repeat(levels)
                + switch (where) {
                    case "message" -> DEEP + "Subject: \u00e9\r\n\r\nwords \u00e9\r\n";
                    case "multipart" -> part.formatted("", " \u00e9", "");
                    case "preamble" -> part.formatted("pr\u00e9amble\r\n", "", "");
                    default -> part.formatted("", "", "\u00e9pilogue\r\n");
                };
    }

    @Test
    void multipartsInMultipartsThatNestTooDeepAreRefused() throws Exception {
        assertTrue(Rewrites.rewrite(nestedMultiparts(100)).contains("words =E9"));
        UnencodableContentException refusal =
                assertThrows(UnencodableContentException.class, () -> Rewrites.rewrite(nestedMultiparts(101)));
        assertTrue(refusal.getMessage().contains("nested more than 100 levels"), refusal.getMessage());
    }

    private static String nestedMultiparts(int levels) {
        String message = "\r\nwords \u00e9\r\n";
        for (int level = 100; level < 100 + levels; level++) {
            message = "Content-Type: multipart/mixed; boundary=b%1$d\r\n\r\n--b%1$d\r\n%2$s\r\n--b%1$d--\r\n"
                    .formatted(level, message);
        }
        return message;
    }

    @Test
    void hostileNestingEndsInARefusal() {
        var message = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            message.append("Content-Type: message/rfc822\r\n\r\n");
        }
        assertEquals(null, Rewrites.checkOutput(Rewrites.bytes(message + "\u00e9"), "nesting"));
    }
}
