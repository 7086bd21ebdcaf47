package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random messages: charsets, encodings, nesting, long lines, missing ends. */
class GeneratedMessageTest {
    private static final long SEED = 20261123;
    private static final String[] WORDS = {
        "plain",
        "caf\u00e9",
        "\u00c4\u00d6\u00dc",
        "=",
        "=3D",
        "From",
        ".",
        "--",
        "-- ",
        "\t",
        "  ",
        "x".repeat(90),
        "\u00ff".repeat(40),
        "=?utf-8?Q?=C3=A9?=",
        "\"q\"",
        "(c)",
        "\u00c3\u00a9",
        "\u0080\u0081",
        "--b1",
        "\0"
    };

    private Random random;
    private int boundaries;

    @Test
    void generatedMessagesReadTheSame() throws Exception {
        int rewritten = 0;
        for (int round = 0; round < 3000; round++) {
            long seed = SEED + round;
            random = new Random(seed);
            boundaries = 0;
            byte[] message = LineEnds.canonical(Rewrites.bytes("Subject:" + line() + "\r\n" + entity(0)));
            assertNotNull(Rewrites.checkOutput(message, "seed " + seed), "refused, seed " + seed);
            rewritten += Rewrites.check(message, "seed " + seed) ? 1 : 0;
        }
        assertTrue(rewritten > 2000, rewritten + " rewritten");
    }

    private String entity(int depth) {
        int kind = random.nextInt(depth < 4 ? 10 : 6);
        return kind < 6 ? leaf() : kind < 9 ? multipart(depth) : message(depth);
    }

    private String leaf() {
        String content = text();
        String header = pick(
                        "",
                        "Content-Type: text/plain; charset=iso-8859-1\r\n",
                        "Content-Type: application/octet-stream\r\n")
                + pick(
                        "",
                        "Content-Description:" + line() + "\r\n",
                        "Content-Disposition: attachment; filename=\"caf\u00e9 " + "n".repeat(random.nextInt(90))
                                + ".txt\"\r\n");
        return switch (random.nextInt(6)) {
            case 0 -> header + "\r\n" + content;
            case 1 -> header + "Content-Transfer-Encoding: 8bit\r\n\r\n" + content;
            case 2 ->
                "content-transfer-encoding:\r\n binary\r\n" + header + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + content;
            case 3 -> header + "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n" + content;
            case 4 ->
                header + "Content-Transfer-Encoding: (why) BASE64\r\n\r\n"
                        + junk(Base64.getMimeEncoder().encodeToString(Rewrites.bytes(content)));
            default -> header + "Content-Transfer-Encoding: x-nobody-knows\r\n\r\n" + content;
        };
    }

    private String junk(String base64) {
        int at = random.nextInt(base64.length() + 1);
        return random.nextBoolean() ? base64 : base64.substring(0, at) + "\u00e9" + base64.substring(at);
    }

    private String multipart(int depth) {
        String boundary = "b" + ++boundaries + pick("", " x", "=_'()+,./:?");
        var out = new StringBuilder("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n");
        out.append(pick("", "Content-Transfer-Encoding: 8bit\r\n"))
                .append("\r\n")
                .append(pick("", "pre\u00e9\r\n", "--b\r\n"));
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            out.append("--" + boundary + pick("", " ", "\t") + "\r\n")
                    .append(entity(depth + 1))
                    .append("\r\n");
        }
        return out
                + pick(
                        "--" + boundary + "--\r\n",
                        "--" + boundary + "-- \r\nepilogue\u00e9\r\n",
                        depth == 0 ? "" : "--" + boundary + "--");
    }

    private String message(int depth) {
        String inner = "Subject:" + line() + "\r\nFrom: \"J\u00e9r\u00f4me, " + pick("x", "\\\"y\\\"")
                + "\" <a@b.example>, z@b.example (caf\u00e9)\r\n";
        return "Content-Type: message/rfc822\r\n" + pick("", "Content-Transfer-Encoding: 8bit\r\n") + "\r\n" + inner
                + entity(depth + 1);
    }

    private String line() {
        var line = new StringBuilder(" s");
        for (int n = random.nextInt(12); n > 0; n--) {
            line.append(pick(" ", " ", "", "  ", "\r\n ", "\r\n\t"))
                    .append(word().strip())
                    .append('w');
        }
        return line.toString().replace("=w", "= w").replace("\0", "");
    }

    private String text() {
        var text = new StringBuilder();
        for (int n = random.nextInt(60); n > 0; n--) {
            text.append(word()).append(pick("", " ", " ", "\r\n", "  \r\n"));
        }
        return text.toString().replace("--b", "--c");
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
