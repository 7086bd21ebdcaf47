package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.mime.Parameters.Parameter;
import org.junit.jupiter.api.Test;

/** Names, sections and values of single parameters. RFC 2231. */
class ParametersTest {
    /** Empty names and values, and incomplete escapes. */
    @Test
    void oddParametersHaveTheirBorders() {
        Parameter nameless = parameter("*0*=x");
        assertEquals("", nameless.base);
        assertEquals(0, nameless.section);
        assertTrue(nameless.extended);
        assertEquals("", parameter("a=").value);
        assertEquals("", parameter("a= ").value);
        assertEquals("xA", parameter("a*=x%41").decoded());
        assertEquals("xA%4", parameter("a*=utf-8''x%41%4").decoded());
        assertEquals("xA", parameter("a*0*=utf-8''x%41").decoded());
        assertEquals("b'c'd", parameter("a*1*=b'c'd").decoded());
    }

    private static Parameter parameter(String text) {
        return Parameter.parse(text, text, 0, text.length());
    }
}
