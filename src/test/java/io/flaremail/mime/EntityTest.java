package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How a refusal names the part or header field that it is about. */
class EntityTest {
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
