package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code --json} prints: indented, in ASCII, with the same line ends everywhere. */
class JsonTextTest {
    @Test
    void valuesStandOnLinesOfTheirOwn() {
        Map<String, Object> object = JsonText.object(
                "text", "x", "none", null, "empty", Optional.empty(), "full", Optional.of(5L), "flag", true);
        object.put("list", Arrays.asList(1, null, "y", List.of(), Map.of(), List.of(Map.of("a", 2))));
        assertEquals("""
                {
                  "text": "x",
                  "none": null,
                  "empty": null,
                  "full": 5,
                  "flag": true,
                  "list": [
                    1,
                    null,
                    "y",
                    [],
                    {},
                    [
                      {
                        "a": 2
                      }
                    ]
                  ]
                }""", JsonText.of(object));
    }

    @Test
    void timesAndAddressesAreText() {
        Map<String, Object> object = JsonText.object("at", Optional.of(Instant.EPOCH), "uri", URI.create("http://x/"));
        assertEquals("1970-01-01T00:00:00Z", object.get("at"));
        assertEquals("http://x/", object.get("uri"));
    }

    @Test
    void nothingIsLostInAnyLocale() {
        assertEquals(
                "\"\\u00E9\\uD83D\\uDE00\\u202E\\u001B\\n\\\"\"", JsonText.of("\u00e9\ud83d\ude00\u202e\u001b\n\""));
    }

    @Test
    void whatHasNoFormInJsonIsRefused() {
        assertThrows(IllegalStateException.class, () -> JsonText.of(Collections.singletonList(Optional.empty())));
    }
}
