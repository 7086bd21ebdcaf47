package io.flaremail.benchmark;

import io.flaremail.benchmark.JakartaClient.Kind;
import java.util.Locale;

/** Round trips to a message as bars, one scale for all. Without a background, in colours for a light and a dark page. */
final class Picture {
    private static final int WIDTH = 720;
    private static final int LEFT = 190;
    private static final int RIGHT = 60;
    private static final int BAR = 20;
    private static final int STEP = 28;
    private static final String[][] CLIENTS = {
        {Kind.FLAREMAIL.name(), "Flaremail"},
        {Network.AWS, "AWS SDK 1 transport"},
        {Kind.KEPT_OPEN.name(), "SMTPS, kept open"},
        {Kind.PER_CALL_NODELAY.name(), "SMTPS, Transport.send"}
    };

    private final Samples samples;
    private final StringBuilder svg = new StringBuilder();
    private int y = 34;

    private Picture(Samples samples) {
        this.samples = samples;
    }

    static String of(Samples samples) {
        Picture picture = new Picture(samples);
        picture.group("1 recipient", 1);
        picture.group("50 recipients", 50);
        return picture.framed();
    }

    private String framed() {
        String style = "text{font:14px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1f2328}"
                + ".h{font-weight:600}.s{fill:#59636e}.o{fill:#d9570a}.t{fill:#8c959f}"
                + "@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.s{fill:#9198a1}.o{fill:#f6821f}.t{fill:#656c76}}";
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + (y + 4) + "\" width=\""
                + WIDTH
                + "\" height=\"" + (y + 4) + "\" role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">"
                + "Network round trips to one message: fewer is better</title>\n<style>" + style + "</style>\n"
                + "<text class=\"h\" x=\"0\" y=\"16\">Network round trips to one message"
                + "<tspan class=\"s\" font-weight=\"400\">: fewer is better</tspan></text>\n" + svg + "</svg>\n";
    }

    private void group(String title, int recipients) {
        y += 14;
        svg.append("<text class=\"s\" x=\"0\" y=\"")
                .append(y)
                .append("\">")
                .append(title)
                .append("</text>\n");
        y += 10;
        for (String[] client : CLIENTS) {
            bar(client[1], samples.median("latency " + recipients + " " + client[0]), client == CLIENTS[0]);
        }
        y += 10;
    }

    private void bar(String name, double trips, boolean ours) {
        double width = trips * (WIDTH - LEFT - RIGHT) / longest();
        int base = y + 15;
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\"%s>%s</text>"
                        + "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>"
                        + "<text x=\"%.1f\" y=\"%d\"%s>%.1f</text>\n",
                LEFT - 10,
                base,
                ours ? " class=\"h\"" : "",
                name,
                ours ? "o" : "t",
                LEFT,
                y,
                width,
                BAR,
                LEFT + width + 7,
                base,
                ours ? " class=\"h\"" : "",
                trips));
        y += STEP;
    }

    private double longest() {
        double longest = 0;
        for (String[] client : CLIENTS) {
            longest = Math.max(longest, samples.median("latency 50 " + client[0]));
        }
        return longest;
    }
}
