package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JSON parser reads the output back as the message in canonical form. */
class JsonMimeStreamTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "a, a|",
        "a\\n, a|",
        "a\\r, a|",
        "a\\r\\n, a|",
        "\\r\\r\\n\\n, |||",
        "a\\n\\r\\nb, a||b|",
        "\\r, |",
        "\\n, |",
    })
    void lineEnds(String in, String out) throws IOException {
        byte[] message = bytes(in.replace("\\r", "\r").replace("\\n", "\n"));
        assertEquals(out.replace("|", "\r\n"), text(decoded(whole(message))));
        assertEquals(out.replace("|", "\r\n"), text(decoded(oneByOne(message))));
    }

    @Test
    void everyAsciiByteComesBack() throws IOException {
        byte[] message = new byte[130];
        for (int i = 0; i < 128; i++) {
            message[i] = (byte) (i == '\r' || i == '\n' ? 'x' : i);
        }
        message[128] = '\r';
        message[129] = '\n';
        assertArrayEquals(message, decoded(whole(message)));
        assertArrayEquals(message, decoded(oneByOne(message)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"€", "ÿ", "߿", "ࠀ", "\ud7ff", "\ue000", "\uffff", "😀", "\udbff\udfff", "a€b😀c"})
    void utf8(String text) throws IOException {
        assertEquals(text + "\r\n", text(decoded(whole(bytes(text)))));
        assertEquals(text + "\r\n", text(decoded(oneByOne(bytes(text)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0 80",
                "c1 bf",
                "c2",
                "c2 41",
                "e0 80 80",
                "e0 9f bf",
                "ed a0 80",
                "ed bf bf",
                "e2 82",
                "e2 82 41",
                "f0 80 80 80",
                "f0 8f bf bf",
                "f4 90 80 80",
                "f5 80 80 80",
                "ff",
                "fe",
                "c3 0a",
                "c3 22"
            })
    void whatIsNotUtf8(String hex) throws IOException {
        byte[] wrong = hex(hex);
        for (byte[] message : new byte[][] {wrong, join(bytes("before "), wrong), join(wrong, bytes(" after"))}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JsonMimeStream stream = new JsonMimeStream(out);
            stream.write(message);
            stream.finish();
            assertFalse(stream.isUtf8(), hex);
        }
    }

    @Test
    void randomBytesInRandomPieces() throws IOException {
        long seed = 20261123L;
        Random random = new Random(seed);
        for (int round = 0; round < 3000; round++) {
            byte[] message = random(random);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JsonMimeStream stream = new JsonMimeStream(out);
            for (int at = 0; at < message.length; ) {
                int length = Math.min(1 + random.nextInt(random.nextBoolean() ? 3 : 20_000), message.length - at);
                if (length == 1 && random.nextBoolean()) {
                    stream.write(message[at]);
                } else {
                    stream.write(message, at, length);
                }
                stream.flush();
                at += length;
            }
            stream.finish();
            String name = "seed " + seed + ", round " + round;
            assertEquals(isUtf8(message), stream.isUtf8(), name);
            if (stream.isUtf8()) {
                assertArrayEquals(canonical(message), decoded(out.toByteArray()), name);
            }
        }
    }

    /** Mostly text, sprinkled with special characters; sometimes long. */
    private static byte[] random(Random random) {
        byte[] special = bytes("\r\n\r\n\"\\\t\0\u001f\u007f€😀é");
        byte[] message = new byte[random.nextInt(random.nextInt(50) == 0 ? 60_000 : 200)];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (' ' + random.nextInt(90));
        }
        for (int n = random.nextInt(20); n > 0 && message.length > 0; n--) {
            int at = random.nextInt(message.length);
            int length = Math.min(special.length, message.length - at);
            if (random.nextInt(10) == 0) {
                message[at] = (byte) random.nextInt(256);
            } else {
                System.arraycopy(special, 0, message, at, length);
            }
        }
        return message;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] canonical(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1).replaceAll("\r\n|\r|\n", "\r\n");
        return (text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] whole(byte[] message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonMimeStream stream = new JsonMimeStream(out);
        stream.write(message);
        stream.finish();
        assertTrue(stream.isUtf8());
        return out.toByteArray();
    }

    private static byte[] oneByOne(byte[] message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonMimeStream stream = new JsonMimeStream(out);
        for (byte b : message) {
            stream.write(b);
        }
        stream.finish();
        assertTrue(stream.isUtf8());
        return out.toByteArray();
    }

    private static byte[] decoded(byte[] json) throws IOException {
        byte[] quoted = join(join(bytes("\""), json), bytes("\""));
        return new ObjectMapper().readValue(quoted, String.class).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] hex(String hex) {
        return java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    private static byte[] join(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\n\\nb         | a\\r\\n\\r\\nb\\r\\n",
                "a\\r\\rb         | a\\r\\n\\r\\nb\\r\\n",
                "a\\r\\n\\r\\nb   | a\\r\\n\\r\\nb\\r\\n",
                "a\\r\\n\\nb      | a\\r\\n\\r\\nb\\r\\n",
                "a\\n\\rb         | a\\r\\n\\r\\nb\\r\\n",
                "\\n              | \\r\\n",
                "''               | ''",
            })
    void noEmptyLineIsLost(String written, String expected) throws Exception {
        byte[] bytes = unescaped(written).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        JsonMimeStream json = new JsonMimeStream(whole);
        json.write(bytes);
        json.finish();
        assertEquals(expected, whole.toString(StandardCharsets.US_ASCII));
        assertEquals(expected, byteByByte(bytes));
    }

    /** The buffer has 8 KB. Single octets fill it up to and beyond its end. */
    @ParameterizedTest
    @ValueSource(ints = {8184, 8185, 8186, 8187, 8188, 8189, 8190, 8191, 8192, 8193, 16384, 16390})
    void singleOctetsFillTheBufferAndNoMore(int length) throws Exception {
        for (String last : new String[] {"x", "\n", "\"", "\u0001", "\u00e9"}) {
            String text = "x".repeat(length) + last;
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            JsonMimeStream json = new JsonMimeStream(whole);
            json.write(text.getBytes(StandardCharsets.UTF_8));
            json.finish();
            assertEquals(
                    whole.toString(StandardCharsets.UTF_8), byteByByte(text.getBytes(StandardCharsets.UTF_8)), last);
        }
    }

    private static String byteByByte(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonMimeStream json = new JsonMimeStream(out);
        for (byte b : bytes) {
            json.write(b);
        }
        json.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }
}
