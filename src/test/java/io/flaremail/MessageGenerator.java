package io.flaremail;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes up messages, the same for the same seed. Text here is octets: one character each. */
final class MessageGenerator {
    private record Script(String charset, String... words) {}

    private static final Script[] SCRIPTS = {
        new Script("us-ascii", "plain", "words", "--", "-- ", "a=b", "=3D", "From", "\"q\"", "(c)", "x".repeat(80)),
        new Script("iso-8859-1", "Gr\u00fc\u00dfe", "caf\u00e9", "\u00c5ngstr\u00f6m", "plain", "\u00ff".repeat(30)),
        new Script("iso-8859-15", "5 \u20ac", "\u0153uvre", "d\u00e9j\u00e0", "vu", "plain"),
        new Script("windows-1252", "\u201cquoted\u201d", "\u20ac", "na\u00efve", "\u2013", "plain"),
        new Script("utf-8", "\u20acuro", "\ud83d\ude00", "Gr\u00fc\u00dfe", "\u65e5\u672c", "plain"),
        new Script("shift_jis", "\u8acb\u6c42\u66f8", "\u304a\u9001\u308a", "\u30bd\u8868", "plain"),
        new Script("iso-2022-jp", "\u8acb\u6c42\u66f8", "\u304a\u9001\u308a\u3057\u307e\u3059", "plain"),
        new Script("gb18030", "\u4f60\u597d", "\u4e16\u754c", "\ud842\udfb7", "plain"),
        new Script("koi8-r", "\u041f\u0440\u0438\u0432\u0435\u0442", "\u043c\u0438\u0440", "plain"),
    };
    private static final int DEEPEST = 4;

    private final Random random;
    private int boundaries;

    private MessageGenerator(long seed) {
        random = new Random(seed);
    }

    static byte[] message(long seed) {
        MessageGenerator generator = new MessageGenerator(seed);
        String message = generator.topFields() + generator.entity(0);
        return generator.withLineEnds(generator.cleaned(message)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Half the messages are 8-bit in whatever charset, a quarter is UTF-8, a quarter 7-bit. */
    private String cleaned(String message) {
        return switch (random.nextInt(4)) {
            case 0 -> message.replaceAll("[\\x80-\\xff]", "e");
            case 1 -> octets(message, "utf-8");
            default -> message;
        };
    }

    private String topFields() {
        List<String> fields = new ArrayList<>(List.of(
                "From: " + mailbox() + "\n",
                "To: " + mailbox() + "," + pick(" ", "\n ", "\n\t") + mailbox() + "\n",
                "Subject:" + phrase() + "\n",
                "Message-ID: <" + pick("1.2@example.com", "\u00e9@example.com", "a b@", "") + ">\n"));
        for (int n = random.nextInt(6); n > 0; n--) {
            fields.add(oddField());
        }
        Collections.shuffle(fields, random);
        return String.join("", fields);
    }

    private String oddField() {
        return switch (random.nextInt(18)) {
            case 0 -> "Received: from a by b (" + word().strip() + ");\n\tMon, 23 Nov 2026 10:00:00 +0000\n";
            case 1 -> "X-Received: by c\n";
            case 2 -> "Return-Path: <a@example.org>\n";
            case 3 -> "Bcc: hidden@example.org\n";
            case 4 -> "Content-Length: 5\n";
            case 5 -> "X-Long: " + "y".repeat(1200) + "\n";
            case 6 -> "X-Folded:" + phrase() + "\n " + phrase() + "\n\t" + phrase() + "\n";
            case 7 -> "X-Empty:\nX-Spaces:   \n";
            case 8 -> "Spaced : " + word() + "\n";
            case 9 -> "no colon in this line " + word().strip() + "\n";
            case 10 -> "X-Na\u00efve: " + word() + "\n";
            case 11 -> "Cc: Team " + word().strip() + ": " + mailbox() + ", " + mailbox() + ";\n";
            case 12 -> "References: <1@example.com>\n <\u00e9@example.com>\n";
            case 13 -> "Reply-To: " + mailbox() + " (" + word().strip() + ")\n";
            case 14 -> "Subject: again\nX-Twice: 1\nX-Twice: 2\n";
            case 15 -> "X-Encoded: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= " + word() + " =?iso-8859-1?B?6Q==?=\n";
            case 16 -> pick("DKIM-Signature: v=1; a=rsa-sha256\n", "X-Control: a\u0001b\u001bc\n", ": no name\n");
            default -> "MIME-Version: 1.0 (" + word().strip() + ")\n";
        };
    }

    private String mailbox() {
        return switch (random.nextInt(8)) {
            case 0 -> "a@example.com";
            case 1 -> "<b@example.org>";
            case 2 -> "\"" + word().replace("\"", "") + ", X\" <c@example.com>";
            case 3 -> "J\u00f6rg@example.com";
            case 4 -> "R\u00e9my <r@ex\u00e4mple.com>";
            case 5 -> "d@example.com (" + word().strip().replaceAll("[()\\\\]", "") + ")";
            case 6 -> "=?utf-8?Q?J=C3=B6rg?= <e@example.com>";
            default -> "Plain Name <f@example.com>";
        };
    }

    private String entity(int depth) {
        int kind = random.nextInt(depth < DEEPEST ? 16 : 9);
        if (kind < 9) {
            return leaf();
        }
        return kind < 14 ? multipart(depth) : kind == 14 ? attachedMessage(depth) : otherMessage();
    }

    private String leaf() {
        return random.nextInt(4) == 0 ? binary() : text();
    }

    private String text() {
        Script script = SCRIPTS[random.nextInt(SCRIPTS.length)];
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
            String word = script.words[random.nextInt(script.words.length)];
            text.append(octets(word, script.charset))
                    .append(pick(" ", " ", " ", "\n", "\n.", "\n..\n", " \n", "\r", "\t"));
        }
        text.append(pick("", "", "\n", octets(script.words[0], script.charset).repeat(300), "\n\n\n"));
        String type = pick("text/plain", "text/html", "TEXT/Plain") + "; charset=" + script.charset;
        return labelled(type + nameParameter("name"), text.toString());
    }

    private String binary() {
        byte[] octets = new byte[random.nextInt(400)];
        random.nextBytes(octets);
        return labelled(
                pick("application/octet-stream", "image/png", "application/pdf") + nameParameter("name"),
                new String(octets, StandardCharsets.ISO_8859_1));
    }

    private String labelled(String type, String content) {
        String header = pick(
                        "Content-Type: " + type + "\n",
                        "Content-Type: " + type + "\n",
                        "content-TYPE :\n " + type + "\n",
                        "")
                + pick("", "", "Content-Disposition: attachment" + nameParameter("filename") + "\n")
                + pick("", "", "", "Content-Description:" + phrase() + "\n");
        String encoding = pick("", "7bit", "8bit", "binary", "x-unknown", "quoted-printable", "BASE64", "uuencode");
        boolean mislabelled = random.nextInt(12) == 0;
        // Angus Mail's decoder of base64 takes the octet 255 for an A; RFC 2045 6.8 has it ignored.
        String body = mislabelled ? content.replace("\u00ff", "") : encoded(content, encoding);
        return header + (encoding.isEmpty() ? "" : "Content-Transfer-Encoding: " + encoding + "\n") + "\n" + body;
    }

    private String nameParameter(String parameter) {
        return switch (random.nextInt(8)) {
            case 0 -> "; " + parameter + "=\"" + word().replaceAll("[\"\\\\]", "") + ".txt\"";
            case 1 -> ";\n " + parameter + "*=utf-8''%E2%82%AC.txt";
            case 2 -> "; " + parameter + "=\"" + "caf\u00e9 ".repeat(20) + "\"";
            case 3 -> "; " + parameter + "*0=\"a\u00e9\";\n\t" + parameter + "*1=b";
            default -> "";
        };
    }

    private String multipart(int depth) {
        String boundary =
                "b" + ++boundaries + pick("", " x", "=_'()+,./:?") + (random.nextInt(60) == 0 ? "\u00e9" : "");
        String type = pick("mixed", "mixed", "alternative", "related", "digest", "report", "MIXED")
                + (random.nextInt(15) == 0 ? pick("x", "y") : "");
        type = random.nextInt(25) == 0 ? pick("signed", "encrypted") : type;
        String label = switch (random.nextInt(20)) {
            case 0 -> "";
            case 1 -> "; boundary=elsewhere";
            default -> "; boundary=\"" + boundary + "\"";
        };
        StringBuilder out = new StringBuilder("Content-Type: multipart/" + type + label + "\n");
        out.append(pick("", "", "Content-Transfer-Encoding: 8bit\n", "Content-Transfer-Encoding: base64\n"));
        out.append("\n").append(pick("", "", "preamble\n", "pr\u00e9ambule\n", "-----\n"));
        for (int n = random.nextInt(4); n >= 0; n--) {
            out.append("--" + boundary + pick("", "", " ", "\t") + "\n");
            out.append(entity(depth + 1)).append("\n");
        }
        return out.append(pick(
                        "--" + boundary + "--\n", "--" + boundary + "-- \n\u00e9pilogue\n", "--" + boundary + "--", ""))
                .toString();
    }

    private String attachedMessage(int depth) {
        String header = "Content-Type: message/rfc822\n"
                + pick("", "Content-Transfer-Encoding: 8bit\n", "Content-Transfer-Encoding: quoted-printable\n");
        String fields = "From: " + mailbox() + "\nBcc: kept@example.org\nSubject:" + phrase() + "\n";
        return header + "\n" + fields + pick("", "", "", "DKIM-Signature: v=1\n") + entity(depth + 1);
    }

    private String otherMessage() {
        return switch (random.nextInt(3)) {
            case 0 -> "Content-Type: message/partial; id=\"1\"; number=1\n\n" + word() + "\n" + word() + "\n";
            case 1 ->
                "Content-Type: message/external-body; access-type=local-file; name=x\n\nContent-Type: image/png\nContent-Description:"
                        + phrase() + "\n\n";
            default ->
                "Content-Type: message/delivery-status\n\nReporting-MTA: dns; example.com\n\nFinal-Recipient: rfc822; a@example.com\nDiagnostic-Code: smtp; 550"
                        + phrase() + "\n";
        };
    }

    private String phrase() {
        StringBuilder phrase = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
            phrase.append(pick(" ", " ", "  ", "\n ", "\n\t"))
                    .append(word().strip())
                    .append('w');
        }
        return phrase.toString().replace("=w", "= w");
    }

    private String word() {
        Script script = SCRIPTS[random.nextInt(SCRIPTS.length)];
        return octets(script.words[random.nextInt(script.words.length)], script.charset);
    }

    private static String octets(String text, String charset) {
        return new String(text.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
    }

    private static String encoded(String content, String encoding) {
        if (!encoding.matches("(?i)base64|quoted-printable|uuencode")) {
            return content;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream encoder = MimeUtility.encode(bytes, encoding)) {
            encoder.write(content.getBytes(StandardCharsets.ISO_8859_1));
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }

    /** CRLF for most messages; LF, CR or all of them mixed for others; now and then none at the end. */
    private String withLineEnds(String message) {
        String whole = random.nextInt(5) == 0 ? message.replaceFirst("\n+$", "") : message;
        return switch (random.nextInt(8)) {
            case 0, 1 -> whole;
            case 2 -> whole.replace('\n', '\r');
            case 3 -> mixed(whole);
            default -> whole.replace("\n", "\r\n");
        };
    }

    /** A lone CR is never put before another line end: the two would be one, and a header would have no end. */
    private String mixed(String message) {
        StringBuilder mixed = new StringBuilder();
        for (int at = 0; at < message.length(); at++) {
            boolean before = message.startsWith("\n", at + 1);
            String lineEnd = before ? pick("\n", "\r\n") : pick("\n", "\r\n", "\r\n", "\r");
            mixed.append(message.charAt(at) == '\n' ? lineEnd : message.substring(at, at + 1));
        }
        return mixed.toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
