package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which names of header fields are valid. */
class HeaderTest {
    @Test
    void anInvalidNameIsEmpty() {
        assertEquals("", name(":x"));
        assertEquals("", name("a b: x"));
        assertEquals("", name("a\u007f: x"));
        assertEquals("a~", name("a~: x"));
    }

    private static String name(String field) {
        byte[] octets = field.getBytes(StandardCharsets.ISO_8859_1);
        return new Header.Field(new Octets(octets, 0, octets.length)).name;
    }
}
