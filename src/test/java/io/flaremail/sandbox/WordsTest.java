package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search finds. */
class WordsTest {
    private static String words(String mime) {
        AcceptedFacts facts = new AcceptedFacts(
                1,
                "<id@example.com>",
                false,
                "ada@example.com",
                List.of(new AcceptedFacts.Recipient("o'hara+list@mail.example.org", "accepted", true)),
                "Your Order-17",
                0,
                Instant.EPOCH,
                "ray");
        byte[] bytes = mime.getBytes(StandardCharsets.UTF_8);
        return Words.of(facts, MessageContent.of(bytes));
    }

    private static final String MIME = "From: ada@example.com\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n"
            + "<p title=\"secret\">Gr\u00fc\u00dfe, <b>Welt</b>! See www.example.net. \u4f60\u597d \ud83d\ude00 a<br>b</p>";

    @ParameterizedTest
    @CsvSource({
        "order, true",
        "ORDER-17, true",
        "17, true",
        "7, false",
        "rder, false",
        "ada@example.com, true",
        "ada@example.org, false",
        "example.org, true",
        "@example.org, true",
        "o'hara+list@mail.example.org, true",
        "hara+list, true",
        "list@mail, true",
        "org ada, true",
        "org nobody, false",
        "gr\u00fc\u00dfe welt, true",
        "GR\u00dc, true",
        "secret, false",
        "example.net., true",
        "\u597d, true",
        "\u4f60\u597d, true",
        "\u574f, false",
        "a b, true",
        "!!!, true",
    })
    void search(String search, boolean found) {
        assertEquals(found, Words.match(words(MIME), Words.ofSearch(search)));
    }

    @Test
    void longTokensAreCutInTheSameWay() {
        String longest = "x".repeat(1000);
        String words = words("From: ada@example.com\r\n\r\n" + longest + "\r\n");
        assertEquals(true, Words.match(words, Words.ofSearch("x".repeat(200))));
        assertEquals(false, Words.match(words, Words.ofSearch("x".repeat(20) + "y")));
    }
}
