package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real messages read the same before and after. */
class CorpusRewriteTest {
    static List<Corpora.Sample> messages() {
        return Corpora.messages();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageReadsTheSame(Corpora.Sample sample) throws Exception {
        byte[] untouched = sample.bytes().clone();
        Rewrites.check(sample.bytes(), sample.name());
        assertArrayEquals(untouched, sample.bytes());
    }

    @Test
    void everyCorpusIsCounted() {
        var outcomes = new TreeMap<String, Integer>();
        for (Corpora.Sample sample : Corpora.messages()) {
            String corpus = sample.name().replaceFirst(":.*", "");
            outcomes.merge(corpus + " " + outcome(sample.bytes()), 1, Integer::sum);
        }
        assertEquals(
                "{commons-email UTF-8 already=10, jdkim UTF-8 already=76, mime4j UTF-8 already=77, mime4j rewritten=3, "
                        + "tika UTF-8 already=23}",
                outcomes.toString());
    }

    private static String outcome(byte[] message) {
        try {
            return Utf8Rewriter.rewrite(message) == message ? "UTF-8 already" : "rewritten";
        } catch (UnencodableContentException e) {
            return "refused";
        }
    }
}
