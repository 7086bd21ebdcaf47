package io.flaremail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.flaremail.benchmark.Mails;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.util.CRLFOutputStream;

/**
 * What making the bytes costs, without a network: ours, SMTP's, which is the floor, and the obvious way. The three take
 * turns within each round. Says one line for each size and round: size, nanoseconds of the three, bytes allocated by the
 * three, bytes on the wire of ours, and of the floor.
 */
public final class Serialising {
    private static final int ROUNDS = 9;
    private static final long TURN = 40_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final HeaderRules FORM = HeaderRules.without(Arrays.asList("Received", "X-Received", "Return-Path"));
    private static final String[] LEFT_OUT = {"Bcc", "Content-Length"};

    private static volatile int seen;

    /** A way to make the bytes; returns how many. */
    private interface Way {
        long write(MimeMessage message) throws IOException, MessagingException;
    }

    /** Goes nowhere, and cannot be optimised away. */
    private static final class Sink extends OutputStream {
        long count;
        int mixed;

        @Override
        public void write(int b) {
            count++;
            mixed ^= b;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
            mixed ^= length == 0 ? 0 : bytes[offset] ^ bytes[offset + length - 1];
        }

        long swallowed() {
            seen = mixed;
            return count;
        }
    }

    private Serialising() {}

    public static void main(String[] args) throws Exception {
        Session session = Session.getInstance(new Properties());
        List<Way> ways = List.of(Serialising::ours, Serialising::floor, Serialising::naive);
        Map<String, MimeMessage> messages =
                Map.of("2 KB", Mails.small(session), "100 KB", Mails.medium(session), "5 MB", Mails.large(session));
        for (int round = -4; round < ROUNDS; round++) { // the first ones warm up
            for (Map.Entry<String, MimeMessage> each : messages.entrySet()) {
                String line = round(ways, each.getValue(), round);
                if (round >= 0) {
                    System.out.println(each.getKey().replace(' ', '_') + line);
                }
            }
        }
    }

    /** Short turns, several for each way, so that noise falls on all alike. */
    private static String round(List<Way> ways, MimeMessage message, int round) throws IOException, MessagingException {
        double[] nanos = new double[ways.size()];
        long[] allocated = new long[ways.size()];
        long[] sent = new long[ways.size()];
        for (int turn = 0; turn < 4 * ways.size(); turn++) {
            int way = Math.floorMod(turn + round, ways.size());
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            long start = System.nanoTime();
            int count = 0;
            for (long time = 0; time < TURN / 4 || count == 0; time = System.nanoTime() - start) {
                sent[way] = ways.get(way).write(message);
                count++;
            }
            nanos[way] += (double) (System.nanoTime() - start) / count;
            allocated[way] =
                    (THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / count;
        }
        StringBuilder line = new StringBuilder();
        Arrays.stream(nanos).forEach(each -> line.append(' ').append((long) each));
        Arrays.stream(allocated).forEach(each -> line.append(' ').append(each));
        return line.append(' ').append(sent[0]).append(' ').append(sent[1]).toString();
    }

    private static long ours(MimeMessage message) throws IOException, MessagingException {
        Sink sink = new Sink();
        try (WireMessage wire = WireMessage.of(message, FORM)) {
            wire.writeTo(sink);
        }
        return sink.swallowed();
    }

    private static long floor(MimeMessage message) throws IOException, MessagingException {
        Sink sink = new Sink();
        CRLFOutputStream lines = new CRLFOutputStream(sink);
        message.writeTo(lines, LEFT_OUT);
        lines.flush();
        return sink.swallowed();
    }

    private static long naive(MimeMessage message) throws IOException, MessagingException {
        Sink sink = new Sink();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.writeTo(new CRLFOutputStream(bytes), LEFT_OUT);
        String text = new String(bytes.toByteArray(), StandardCharsets.UTF_8);
        sink.write(JSON.writeValueAsBytes(Map.of("mime_message", text)));
        return sink.swallowed();
    }
}
