package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a document, what is too much of one, and what is written. */
class JsonTest {
    private static JsonValue read(String text) throws IOException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        return assertThrows(IOException.class, () -> read(text)).getMessage();
    }

    /** As text, as a number and as a flag; text and number as Jackson's object mapper has them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "null||||",
                "true|||true",
                "false|||false",
                "\"\"|''||",
                "\"x\"|x||",
                "\"5\"|5||",
                "\"true\"|true||",
                "[]|||",
                "[5]|||",
                "{}|||",
                "{\"a\":5}|||",
                "0|0|0|",
                "-0|0|0|",
                "10001|10001|10001|",
                "2147483648|2147483648|2147483648|",
                "9223372036854775807|9223372036854775807|9223372036854775807|",
                "9223372036854775808|9223372036854775808||",
                "-9223372036854775808|-9223372036854775808|-9223372036854775808|",
                "-9223372036854775809|-9223372036854775809||",
                "5.999|5.999|5|",
                "1.50|1.5|1|",
                "-0.0|-0.0|0|",
                "1e4|10000.0|10000|",
                "1e19|1.0E19||",
                "-1e19|-1.0E19||",
                "1e999|Infinity||",
                "-1e999|-Infinity||",
                "1e-400|0.0|0|",
            })
    void aFieldIsTextOrANumberOrAFlagOrEmpty(String value, String text, Long number, Boolean flag) throws IOException {
        String document = "{\"a\":" + value + "}";
        JsonValue object = read(document);
        assertEquals(Optional.ofNullable(text), object.text("a"));
        assertEquals(Optional.ofNullable(number), object.number("a"));
        assertEquals(Optional.ofNullable(flag), object.flag("a"));
        JsonNode theirs = ApiPeer.json(document).get("a");
        assertEquals(theirs.isTextual() || theirs.isNumber() ? theirs.asText() : null, text);
        assertEquals(theirs.canConvertToLong() ? theirs.longValue() : null, number);
    }

    @Test
    void whatIsNotThereIsEmptyAllTheWayDown() throws IOException {
        for (String document : List.of("{}", "[]", "5", "\"a\"", "null", "{\"a\":null}", "{\"a\":[{\"b\":1}]}")) {
            JsonValue value = read(document);
            assertEquals(Optional.empty(), value.get("a").text("b"));
            assertEquals(Optional.empty(), value.get("a").get("b").string());
            assertSame(JsonValue.NONE, value.get("a").get("b"));
            assertEquals(List.of(), value.get("b").elements());
        }
        assertTrue(read("{\"a\":null}").get("a").isNone());
        assertFalse(read("{\"a\":false}").get("a").isNone());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,\"x\",{\"n\":2},[],null] | 5 | 1 | true  | false",
                "{\"a\":1,\"b\":{\"n\":2}}   | 2 | 0 | false | true",
                "[]                          | 0 | 0 | true  | false",
                "{}                          | 0 | 0 | false | true",
                "\"x\"                       | 0 | 0 | false | false",
                "null                        | 0 | 0 | false | false",
            })
    void aListHasElements(String document, int elements, int objects, boolean list, boolean object) throws IOException {
        JsonValue value = read(document);
        assertEquals(elements, value.elements().size());
        assertEquals(objects, value.objects().size());
        assertEquals(list, value.isList());
        assertEquals(object, value.isObject());
        value.objects().forEach(each -> assertEquals(Optional.of(2L), each.number("n")));
    }

    @Test
    void onlyAStringIsAString() throws IOException {
        List<Optional<String>> strings = read("[\"x\",\"\",5,true,null,[],{}]").elements().stream()
                .map(JsonValue::string)
                .toList();
        assertEquals(List.of(Optional.of("x"), Optional.of("")), strings.subList(0, 2));
        assertEquals(Collections.nCopies(5, Optional.empty()), strings.subList(2, 7));
    }

    @Test
    void whatIsReadCannotBeChangedFromOutside() throws IOException {
        JsonValue list = read("[{\"a\":1},2]");
        list.elements().clear();
        list.objects().clear();
        assertEquals(2, list.elements().size());
        Map<String, Object> defaults = new LinkedHashMap<>(Map.of("b", 2));
        JsonValue both = list.objects().get(0).orElse(defaults);
        defaults.put("b", 3);
        assertEquals(Optional.of(2L), both.number("b"));
        assertEquals(Optional.empty(), list.objects().get(0).number("b"));
    }

    /** A field that the API sets to null is not one that it left out. */
    @Test
    void defaultsAreForFieldsThatAreNotThere() throws IOException {
        JsonValue value = read("{\"a\":1,\"b\":null}").orElse(Map.of("a", 7, "b", 8, "c", 9));
        assertEquals(Optional.of(1L), value.number("a"));
        assertEquals(Optional.empty(), value.number("b"));
        assertEquals(Optional.of(9L), value.number("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "null", " null "})
    void nothingIsNone(String document) throws IOException {
        assertSame(JsonValue.NONE, read(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE"})
    void theEncodingIsToldFromTheFirstBytes(String charset) throws IOException {
        byte[] bytes = "{\"a\":\"\u00e9\u20ac\"}".getBytes(Charset.forName(charset));
        assertEquals(Optional.of("\u00e9\u20ac"), Json.read(bytes).text("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[",
                "[1",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "\"x",
                "tru",
                "x",
                "'a'",
                "{a:1}",
                "[1,]",
                "01",
                "+1",
                "NaN",
                "1.",
                "{\"a\":1,\"a\":1}",
                "[{\"a\":{\"b\":1,\"b\":2}}]",
                "{}x",
                "]",
                "// c\n{}"
            })
    void whatIsNotJsonIsRefused(String document) {
        assertThrows(IOException.class, () -> read(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}{}", "1 2", "[] null", "null {}"})
    void thereIsOneValue(String document) {
        assertEquals("more than one JSON value", refusal(document));
    }

    private static String list(int size) {
        return IntStream.range(0, size).mapToObj(each -> "0").collect(Collectors.joining(",", "[", "]"));
    }

    /** Brackets and the end of the document count as well. */
    @Test
    void aFloodOfValuesIsTooMuch() throws IOException {
        int most = Json.MOST_TOKENS - 3;
        assertEquals(most, read(list(most)).elements().size());
        assertEquals("JSON with more than 100000 values", refusal(list(most + 1)));
        assertEquals("JSON with more than 100000 values", refusal("[" + "{},".repeat(most / 2) + "{}]"));
    }

    @ParameterizedTest
    @CsvSource({"[,]", "{\"a\":,}"})
    void whatNestsDeepIsTooMuch(String open, String close) throws IOException {
        String inner = open.equals("[") ? "" : "1";
        JsonValue value = read(open.repeat(Json.DEEPEST) + inner + close.repeat(Json.DEEPEST));
        assertEquals(1, value.elements().size());
        assertEquals("JSON that nests deeper than 100 levels", refusal(open.repeat(Json.DEEPEST + 1)));
        String side = open + inner + close;
        assertEquals(
                3, read("[" + side + "," + side + "," + side + "]").elements().size());
    }

    @Test
    void aLongNumberIsTooMuch() throws IOException {
        for (String start : List.of("9", "-9", "9.", "9e")) {
            String longest = start + "1".repeat(Json.LONGEST_NUMBER - start.length());
            assertTrue(read("{\"a\":" + longest + "}").text("a").isPresent());
            assertEquals("JSON with a number of more than 100 digits", refusal("[" + longest + "1]"));
        }
        String text = "1".repeat(Json.LONGEST_NUMBER + 1);
        assertEquals(
                Optional.of(text), read("[\"" + text + "\"]").elements().get(0).string());
    }

    @Test
    void bodiesAreCompactUtf8() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", "\u00e9\"\\/\n\u0000\u2028");
        body.put("bytes", new byte[] {(byte) 0xFB, (byte) 0xFF, 1, 2});
        body.put("list", Arrays.asList("a", true, null, List.of(), Map.of()));
        body.put("none", null);
        body.put("map", Collections.singletonMap("on", false));
        assertEquals(
                "{\"text\":\"\u00e9\\\"\\\\/\\n\\u0000\u2028\",\"bytes\":\"+/8BAg==\",\"list\":[\"a\",true,null,[],{}],"
                        + "\"none\":null,\"map\":{\"on\":false}}",
                new String(Json.write(body), StandardCharsets.UTF_8));
    }

    /** A megabyte of octets is one line of base64. */
    @Test
    void bytesOfAnyLengthBecomeBase64() {
        byte[] octets = new byte[1 << 20];
        new Random(1).nextBytes(octets);
        String json = new String(Json.write(Collections.singletonList(octets)), StandardCharsets.US_ASCII);
        assertEquals("[\"" + Base64.getEncoder().encodeToString(octets) + "\"]", json);
    }

    @Test
    void whatHasNoFormInJsonIsRefused() {
        assertThrows(IllegalStateException.class, () -> Json.write(Map.of("a", Optional.empty())));
    }
}
