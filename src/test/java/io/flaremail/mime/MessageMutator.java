package io.flaremail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes random changes to the octets and the multipart structure of a message. The same seed makes the same changes.
 */
final class MessageMutator {
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary\\s*=\\s*(?:\"([^\"\r\n]+)\"|([^\";\\s(]+))");
    private static final Pattern ENCODING = Pattern.compile("(?i)(?<=Content-Transfer-Encoding: )[^\r\n]*");
    private static final Pattern CHARSET = Pattern.compile("(?i)(?<=charset=)[\"A-Za-z0-9_-]+");
    private static final Pattern TYPE = Pattern.compile("(?i)(?<=Content-Type: )[^\r\n]*");
    private static final Pattern SIGNATURE =
            Pattern.compile("(?im)^(DKIM-Signature|DomainKey-Signature|ARC-Message-Signature)[ \t]*:");
    private static final String[] LABELS = {
        "7bit",
        "8bit",
        "binary",
        "base64",
        "quoted-printable",
        "x-uuencode",
        "BASE64 (c)",
        "(a;b) base64",
        "base64\u00e9",
        "\u00e9quoted-printable",
        "\"base64\"",
        "x-unknown",
        "base64; x",
        "8bit\u00e9",
        "ba\u00e9se64"
    };
    private static final String[] CHARSETS = {
        "us-ascii",
        "iso-8859-1",
        "utf-8",
        "koi8-r",
        "shift_jis",
        "gb18030",
        "euc-kr",
        "utf-16",
        "x-unknown",
        "\"iso-8859-15\""
    };
    private static final String[] FIELDS = {
        "Content-Disposition: attachment;\r\n  filename=\"" + "caf\u00e9 ".repeat(12) + ".txt\"",
        "Content-Disposition: attachment; filename=caf\u00e9 (1).txt",
        "Content-Disposition: attachment; filename*0=\"caf\u00e9\";\r\n   filename*1=\"\u00e9.txt\"",
        "Subject: caf\u00e9\r\n \r\n  caf\u00e9 \r\n\t",
        "Subject: \u0090\u00bf\u008b\u0081\u008f\u0091 \u0090\u00bf\u008b\u0081\u008f\u0091".replace("  ", " "),
        "Subject: " + "\u00f0\u00d2\u00c9\u00d7\u00c5\u00d4 ".repeat(12),
        "From: \"R\u00e9my\" <a@b.example>,   (caf\u00e9)   c@d.example",
        "Content-Description:   \u00c4\u00e3\u00ba\u00c3" + "\u00c4\u00e3\u00ba\u00c3".repeat(40),
        "X-Any: (\u00e9) =?utf-8?Q?=C3=A9?=   \u00e9",
        "Content-Type: multipart/mixed; boundary=outer",
        "Content-Type: text/plain; name=\u00e9"
    };
    private static final String[] TEMPLATES = {"""
        Subject: x
        Content-Type: multipart/mixed; boundary=outer

        preamble
        --outer
        Content-Type: multipart/alternative; boundary="inn?er"

        pr\u00e9amble
        --inn?er
        Content-Type: text/plain; charset=koi8-r
        Content-Transfer-Encoding: 8bit

        \u00f0\u00d2\u00c9\u00d7\u00c5\u00d4 and words
        --inn?er
        Content-Type: text/html
        Content-Transfer-Encoding: base64

        PGI+aGVsbG8gd29y
        bGQgYW5kIGFsbDwvYj4=
        --inn?er--
        epilogue
        --outer
        Content-Type: application/octet-stream; name=x
        Content-Transfer-Encoding: x-uuencode

        begin 644 x
        #86)C
        `
        end
        --outer--
        """, """
        Content-Type: multipart/mixed; boundary=abc

        --abc--9998302
        --abc
        Content-Type: message/rfc822

        Subject: inside
        Content-Type: multipart/report; boundary="abc-1"

        --abc-1
        Content-Type: text/plain; charset=shift_jis
        Content-Transfer-Encoding: quoted-printable

        =90=BF=8B=81=8F=91 soft=
         break =e9
        --abc-1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; x

        Diagnostic-Code: smtp; refus\u00e9
        --abc-1--
        --abc

        plain text
        --abc--
        """, """
        From: a@b.example
        Content-Type: text/plain; charset=gb18030
        Content-Transfer-Encoding: 8bit

        \u00c4\u00e3\u00ba\u00c3 and some words
        .
        From here
        --outer
        """};

    private final Random random;
    private String text;

    private MessageMutator(Random random, String text) {
        this.random = random;
        this.text = text;
    }

    /** Usually without the signature, because a signed message is always refused. */
    static byte[] mutant(List<Corpora.Sample> samples, Random random) {
        String start = random.nextBoolean()
                ? TEMPLATES[random.nextInt(TEMPLATES.length)].replace("\n", "\r\n")
                : Rewrites.text(samples.get(random.nextInt(samples.size())).bytes(), 0);
        start = random.nextInt(8) > 0 ? SIGNATURE.matcher(start).replaceAll("X-Signature:") : start;
        var mutator = new MessageMutator(random, start);
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            mutator.mutate();
        }
        return LineEnds.canonical(Rewrites.bytes(mutator.text));
    }

    private void mutate() {
        switch (random.nextInt(16)) {
            case 0, 1 -> insert(random.nextInt(text.length() + 1), octet());
            case 2, 3 -> nearDelimiter();
            case 4 -> insert(lineStart(), "--" + split(boundary()) + "\r\n");
            case 5 -> replaceOne(BOUNDARY, found -> found.group() + "; boundary=" + pick(boundary(), "other", "\"\""));
            case 6 ->
                replaceOne(BOUNDARY, found -> found.group() + pick(" (comment)", "(a;b)", " (\u00e9)", " x", ";"));
            case 7 -> replaceOne(ENCODING, found -> pick(LABELS));
            case 8 -> replaceOne(CHARSET, found -> pick(CHARSETS));
            case 9 -> insert(fieldStart(), pick(FIELDS) + "\r\n");
            case 10 -> insert(lineStart(), piece());
            case 11 -> removeLine();
            case 12 -> rename(boundary(), pick(boundary() + "--1", boundary() + "-", boundary() + "?", boundary()));
            case 13 -> nest();
            case 14 ->
                replaceOne(
                        TYPE, found -> pick("(c) ", "") + found.group() + pick(";", " ", "; x=\u00e9", " (c\u00e9)"));
            default ->
                insert(
                        random.nextInt(text.length() + 1),
                        pick("--", "\r\n", "=", "\"", "(", ")", ";", "\r\n\r\n", "-"));
        }
    }

    private String octet() {
        return "" + (char) (0x80 + random.nextInt(0x7f));
    }

    /** An 8-bit octet inside the delimiter, which the rewriter removes, turns into a hyphen (uuencode) or masks. */
    private String split(String boundary) {
        int at = random.nextInt(boundary.length() + 1);
        return switch (random.nextInt(3)) {
            case 0 -> boundary.substring(0, at) + octet() + boundary.substring(at);
            case 1 -> boundary.replaceFirst("\\?", octet());
            default -> boundary + pick("", "--", "--1", " ", octet());
        };
    }

    private void nearDelimiter() {
        List<Integer> starts = new ArrayList<>();
        for (int at = text.indexOf("\n--"); at >= 0; at = text.indexOf("\n--", at + 1)) {
            starts.add(at + 1);
        }
        int line = starts.isEmpty() ? lineStart() : starts.get(random.nextInt(starts.size()));
        String before = pick(octet(), octet() + "\r\n", "\u00ad\u00ad", octet() + "--" + boundary());
        insert(pick("at", "in").equals("at") ? line : Math.min(text.length(), line + random.nextInt(10)), before);
    }

    private String piece() {
        int from = lineStart();
        return text.substring(from, Math.min(text.length(), from + random.nextInt(400)));
    }

    private void removeLine() {
        int from = lineStart();
        int end = text.indexOf('\n', from);
        text = text.substring(0, from) + (end < 0 ? "" : text.substring(end + 1));
    }

    private void rename(String from, String to) {
        text = random.nextBoolean()
                ? text.replace(from, to)
                : text.replaceFirst(Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to));
        text = text.substring(0, Math.min(text.length(), 60_000));
    }

    private void nest() {
        String boundary = pick(
                boundary() + "x",
                boundary(),
                "b" + random.nextInt(100),
                boundary().substring(0, 1));
        String inside = pick("", "Content-Type: message/rfc822\r\n\r\n") + text;
        text = "Subject: nested\r\nContent-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary
                + "\r\n" + inside + "\r\n--" + boundary + pick("--", "") + "\r\n";
    }

    private String boundary() {
        List<MatchResult> found = BOUNDARY.matcher(text).results().toList();
        if (found.isEmpty()) {
            return "none";
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        return one.group(1) == null ? one.group(2) : one.group(1);
    }

    private void replaceOne(Pattern pattern, java.util.function.Function<MatchResult, String> replacement) {
        List<MatchResult> found = pattern.matcher(text).results().toList();
        if (!found.isEmpty()) {
            MatchResult one = found.get(random.nextInt(found.size()));
            text = text.substring(0, one.start()) + replacement.apply(one) + text.substring(one.end());
        }
    }

    private int lineStart() {
        return text.lastIndexOf('\n', random.nextInt(text.length() + 1) - 1) + 1;
    }

    /** A place for a new field: before a line that looks like a field. */
    private int fieldStart() {
        List<MatchResult> fields = Pattern.compile("(?m)^(Content-|Subject: |From: )")
                .matcher(text)
                .results()
                .toList();
        return fields.isEmpty() ? 0 : fields.get(random.nextInt(fields.size())).start();
    }

    private void insert(int at, String piece) {
        text = text.substring(0, at) + piece + text.substring(at);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
