package io.flaremail.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.flaremail.benchmark.JakartaClient.Kind;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The table. */
final class Results {
    private static final String PROMISE =
            "| measure | ours | theirs | ratio | rounds' lowest to highest | bar | met |\n"
                    + "|---|---:|---:|---:|---:|---:|:---:|\n";

    private final Samples samples;
    private final StringBuilder text = new StringBuilder();

    private Results(Samples samples) {
        this.samples = samples;
    }

    static String of(Samples samples, Duration time) {
        Results results = new Results(samples);
        results.head(time);
        results.serialising();
        results.latency();
        results.rates();
        results.limits();
        results.losses();
        return results.text.toString();
    }

    private void head(Duration time) {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        line("# Measured");
        line("");
        line("Written by `mvn -q -Pbenchmark test-compile exec:exec@benchmark`, which took "
                + (time.toSeconds() + 59) / 60
                + " minutes on " + machine.getAvailableProcessors() + " cores with "
                + (machine.getTotalMemorySize() >> 30) + " GiB and JDK " + System.getProperty("java.version")
                + ". Servers and each kind of client were processes of their own on that machine;"
                + " all took turns in each round, and the medians of the rounds' ratios are given. Only ratios"
                + " mean anything. Delay is a proxy's, and counts the round trip that opening a connection takes. TLS 1.3"
                + " throughout. The SMTP server does as little as it can, and logging in takes it one round trip.");
        line("");
        line("![Round trips to a message](round-trips.svg)");
    }

    private void serialising() {
        section(
                "Making the bytes",
                "Theirs is the floor: what SMTP pays to write a message with CRLF line ends. Both are"
                        + " relative to it.");
        serialised("2_KB", "one pass", 0.8);
        serialised("100_KB", "one pass", 0.9);
        serialised("5_MB", "one pass and a file", 1.9);
        for (String size : new String[] {"2_KB", "100_KB", "5_MB"}) {
            String naive = size + " nanos naive";
            String floor = size + " nanos floor";
            row(
                    "the naive way (bytes, String, ObjectMapper, bytes), " + size,
                    "",
                    Samples.figure(samples.ratio(naive, floor)),
                    samples.ratio(naive, floor),
                    samples.spread(naive, floor),
                    "",
                    "");
        }
        String ours = "5_MB bytes ours";
        String naive = "5_MB bytes naive";
        row(
                "allocated by serialising, the naive way ÷ ours, 5 MB; both ÷ its size",
                Samples.figure(samples.median(ours) / Mails.LARGE),
                Samples.figure(samples.median(naive) / Mails.LARGE),
                samples.ratio(naive, ours),
                "",
                "",
                "");
        double allocated = samples.median("allocated " + Kind.FLAREMAIL);
        row(
                "allocated by sending, TLS included, 5 MB ÷ its size; theirs: SMTPS kept open",
                Samples.figure(allocated),
                Samples.figure(samples.median("allocated " + Kind.KEPT_OPEN)),
                allocated,
                "",
                "<= 0.24",
                met(allocated <= 0.24));
    }

    private void serialised(String size, String how, double bar) {
        String ours = size + " nanos ours";
        String floor = size + " nanos floor";
        double ratio = samples.ratio(ours, floor);
        row(
                "serialise " + size + ", " + how,
                Samples.figure(ratio),
                "1",
                ratio,
                samples.spread(ours, floor),
                "<= " + bar,
                met(ratio <= bar));
    }

    private void latency() {
        section(
                "Latency at 80 ms, in round trips",
                "A request over a bare TLS socket that was kept open takes "
                        + Samples.figure(samples.median("latency 1 " + Network.BARE))
                        + ": the proxy's own error is in all figures.");
        for (int recipients : new int[] {1, 50}) {
            String ours = "latency " + recipients + " " + Kind.FLAREMAIL;
            double own = samples.median(ours);
            row("÷ RTT, " + recipients(recipients), Samples.figure(own), "1", own, "", "<= 1.05", met(own <= 1.05));
            slower("SMTPS per call", Kind.PER_CALL.name(), recipients, 0);
            slower("SMTPS per call, TCP_NODELAY", Kind.PER_CALL_NODELAY.name(), recipients, recipients == 1 ? 9 : 45);
            slower("SMTPS kept open", Kind.KEPT_OPEN.name(), recipients, recipients == 1 ? 3.5 : 40);
            slower("AWS transport", Network.AWS, recipients, 2.8);
        }
    }

    private void slower(String name, String kind, int recipients, double bar) {
        String ours = "latency " + recipients + " " + Kind.FLAREMAIL;
        String theirs = "latency " + recipients + " " + kind;
        double ratio = samples.ratio(theirs, ours);
        row(
                name + " ÷ ours, " + recipients(recipients),
                Samples.figure(samples.median(ours)),
                Samples.figure(samples.median(theirs)),
                ratio,
                samples.spread(theirs, ours),
                bar == 0 ? "" : ">= " + bar,
                bar == 0 ? "" : met(ratio >= bar));
    }

    private void rates() {
        section("Messages a second without delay, 2 KB", "Theirs is relative to ours.");
        for (int threads : new int[] {1, 8}) {
            faster("SMTPS per call", Kind.PER_CALL.name(), threads, 0);
            faster("SMTPS per call, TCP_NODELAY", Kind.PER_CALL_NODELAY.name(), threads, 15);
            faster("SMTPS kept open", Kind.KEPT_OPEN.name(), threads, threads == 1 ? 1.8 : 1.5);
            faster("AWS transport", Network.AWS, threads, 0);
            faster("bare TLS socket kept open, canned request", Network.BARE, threads, 0.35);
        }
    }

    private void faster(String name, String kind, int threads, double bar) {
        String ours = "rate " + threads + " " + Kind.FLAREMAIL;
        String theirs = "rate " + threads + " " + kind;
        double ratio = samples.ratio(ours, theirs);
        row(
                "ours ÷ " + name + ", " + threads + (threads == 1 ? " thread" : " threads"),
                "1",
                Samples.figure(1 / ratio),
                ratio,
                samples.spread(ours, theirs),
                bar == 0 ? "" : ">= " + bar,
                bar == 0 ? "" : met(ratio >= bar));
    }

    private void limits() {
        section("Limits", "");
        double share = samples.median("share " + Kind.FLAREMAIL);
        row(
                "64 threads at 20 ms: share of the 64 ÷ RTT ceiling; theirs: bare TLS sockets kept open",
                Samples.figure(share),
                Samples.figure(samples.median("share " + Network.BARE)),
                share,
                "",
                ">= 0.88",
                met(share >= 0.88));
        double delivered = samples.median("large delivered " + Kind.FLAREMAIL);
        row(
                "64 threads, 128 attachments of 5 MB, -Xmx64m: delivered; SMTPS kept open",
                Samples.figure(delivered),
                Samples.figure(samples.median("large delivered " + Kind.KEPT_OPEN)),
                delivered / 128,
                "",
                "all",
                met(delivered == 128));
        double lost = samples.sum("idle lost");
        row(
                "POSTs lost of " + (int) samples.sum("idle posts") + " to a server that closes after "
                        + Servers.IDLE_MILLIS + " ms, sent 100 to 600 ms apart",
                String.valueOf((int) lost),
                "",
                lost,
                "",
                "0",
                met(lost == 0));
        row(
                "the same of " + (int) samples.sum("race posts")
                        + ", sent just when it closes: an inherent race, told as" + " *unknown*",
                String.valueOf((int) samples.sum("race lost")),
                "",
                samples.sum("race lost"),
                "",
                "",
                "");
    }

    private void losses() {
        section("Where it loses", "");
        String ours = "cold " + Kind.FLAREMAIL;
        String bare = "cold " + Network.BARE;
        String smtp = "cold " + Kind.PER_CALL_NODELAY;
        double cold = samples.ratio(ours, bare);
        row(
                "first send of a process ÷ the first request over a bare TLS socket, no delay",
                Samples.figure(cold),
                "1",
                cold,
                samples.spread(ours, bare),
                "<= 1.5",
                met(cold <= 1.5));
        row(
                "SMTPS's first send, the same",
                "",
                Samples.figure(samples.ratio(smtp, bare)),
                samples.ratio(smtp, bare),
                samples.spread(smtp, bare),
                "",
                "");
        for (String size : new String[] {"2_KB", "100_KB", "5_MB"}) {
            row(
                    "bytes on the wire ÷ the message's, " + size,
                    Samples.figure(samples.median(size + " wire")),
                    "1",
                    samples.median(size + " wire"),
                    "",
                    "",
                    "");
        }
        line("");
        line("A connection that has to be opened costs three round trips before the answer, like everybody's.");
    }

    private void section(String title, String explanation) {
        line("");
        line("## " + title);
        line("");
        if (!explanation.isEmpty()) {
            line(explanation);
            line("");
        }
        text.append(PROMISE);
    }

    private void row(String name, String ours, String theirs, double ratio, String spread, String bar, String met) {
        line(("| " + name + " | " + ours + " | " + theirs + " | " + Samples.figure(ratio) + " | " + spread + " | " + bar
                        + " | " + met + " |")
                .replace("_KB", " KB")
                .replace("_MB", " MB"));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String recipients(int count) {
        return count + (count == 1 ? " recipient" : " recipients");
    }

    private static String met(boolean met) {
        return met ? "yes" : "**no**";
    }
}
