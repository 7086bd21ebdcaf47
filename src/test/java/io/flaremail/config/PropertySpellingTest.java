package io.flaremail.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How near two spellings are, and when one is near enough to be meant. */
class PropertySpellingTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "abc, '', 3",
        "token, token, 0",
        "token, TOKEN, 0",
        "tokn, token, 1",
        "tokken, token, 1",
        "taken, token, 1",
        "ab, ba, 1",
        "tokne, token, 1",
        // half a swap is none
        "ab, ca, 2",
        "ab, bc, 2",
        "kitten, sitting, 3",
    })
    void lettersApart(String one, String other, int distance) {
        assertEquals(distance, PropertySpelling.distance(one, other));
        assertEquals(distance, PropertySpelling.distance(other, one));
    }

    /** Four letters at most, and fewer than half of the name. */
    @ParameterizedTest
    @CsvSource({
        "mail.transport.protocl, mail.transport.protocol",
        "mail.cloudflare.maxconnect, mail.cloudflare.maxconnections",
        "mail.cloudflare.maxconnec, ",
        "mail.cloudflare.frm, mail.cloudflare.from",
        "mail.cloudflare.fr, ",
    })
    void suggestsWhatIsNear(String key, String meant) {
        assertEquals(Optional.ofNullable(meant), PropertySpelling.suggestion(key));
    }
}
