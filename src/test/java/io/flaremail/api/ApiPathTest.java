package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How paths are built. */
class ApiPathTest {
    @ParameterizedTest
    @CsvSource({
        "a, https://x/v4/a",
        "a/b, https://x/v4/a%2Fb",
        "a?b#c, https://x/v4/a%3Fb%23c",
        "<id@x>, https://x/v4/%3Cid%40x%3E",
        "é%, https://x/v4/%C3%A9%25",
        "..., https://x/v4/...",
    })
    void segmentsAreEscaped(String segment, String expected) {
        for (String base : new String[] {"https://x/v4", "https://x/v4/"}) {
            assertEquals(
                    expected,
                    ApiPath.of(URI.create(base)).segment(segment).uri().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void segmentsCannotClimb(String segment) {
        assertThrows(
                IllegalArgumentException.class,
                () -> ApiPath.of(URI.create("https://x")).segment(segment));
    }
}
