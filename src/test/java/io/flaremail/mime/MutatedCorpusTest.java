package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real messages with octets changed at random. */
class MutatedCorpusTest {
    private static final long SEED = 20261123;

    /** Letters become 8-bit octets, as if the author had ignored charsets. The message still reads the same. */
    @Test
    void aMessageWithSomeLettersIn8BitReadsTheSame() throws Exception {
        List<Corpora.Sample> samples = Corpora.messages();
        int rewritten = 0;
        for (int round = 0; round < 4000; round++) {
            long seed = SEED + round;
            var random = new Random(seed);
            Corpora.Sample sample = samples.get(random.nextInt(samples.size()));
            if (sample.bytes().length < 20_000) {
                byte[] mutant = withEightBitLetters(sample.bytes(), random);
                rewritten += Rewrites.check(mutant, sample + " seed " + seed) ? 1 : 0;
            }
        }
        assertTrue(rewritten > 900, rewritten + " rewritten");
    }

    private static byte[] withEightBitLetters(byte[] message, Random random) {
        byte[] mutant = message.clone();
        for (int n = random.nextInt(6); n >= 0; n--) {
            int at = random.nextInt(mutant.length);
            if (Character.isLetter(mutant[at]) && !isFragile(mutant, at)) {
                mutant[at] = (byte) (0xC0 + random.nextInt(64));
            }
        }
        return mutant;
    }

    /** Field names, and base64 in a header, where a missing letter damages the rest. */
    private static boolean isFragile(byte[] message, int at) {
        String line = Rewrites.text(message, at).split("\r\n", 2)[0];
        if (line.matches("[^\"]*\\?=.*")) {
            return true;
        }
        int start = at;
        while (start > 0 && message[start - 1] > ' ' && message[start - 1] != '\n') {
            start--;
        }
        return start == 0 || message[start - 1] == '\n';
    }

    /** The octets change arbitrarily. The result is UTF-8 or a refusal, never another exception. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 200})
    void garbageIsRewrittenOrRefused(int changes) {
        List<Corpora.Sample> samples = Corpora.messages();
        for (int round = 0; round < 1000; round++) {
            long seed = SEED + round;
            var random = new Random(seed);
            Corpora.Sample sample = samples.get(random.nextInt(samples.size()));
            Rewrites.checkOutput(garbled(sample.bytes(), changes, random), sample + " seed " + seed);
        }
    }

    private static byte[] garbled(byte[] message, int changes, Random random) {
        byte[] pieces = "\r\n--:;=\"()<>\\ \t\0?*%'".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] garbled = Arrays.copyOf(message, Math.min(message.length, 20_000));
        for (int n = 0; n < changes; n++) {
            int at = random.nextInt(garbled.length);
            garbled[at] = random.nextBoolean() ? (byte) random.nextInt() : pieces[random.nextInt(pieces.length)];
        }
        return random.nextInt(4) > 0 ? garbled : Arrays.copyOf(garbled, random.nextInt(garbled.length) + 1);
    }
}
