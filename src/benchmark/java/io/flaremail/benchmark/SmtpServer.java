package io.flaremail.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * SMTP over TLS with as little work as possible, in SMTP's favour: everything is accepted at once and forgotten, and
 * logging in takes one round trip (PLAIN) rather than three (LOGIN).
 */
final class SmtpServer {
    private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

    private SmtpServer() {}

    /** @return its port */
    static int start(SSLContext tls) throws IOException {
        ServerSocket door = tls.getServerSocketFactory().createServerSocket(0, 512, InetAddress.getByName("127.0.0.1"));
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "smtp");
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(() -> {
            while (true) {
                try {
                    Socket client = door.accept();
                    threads.execute(() -> converse(client));
                } catch (IOException gone) {
                    return;
                }
            }
        });
        return door.getLocalPort();
    }

    private static void converse(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream(), 64 * 1024);
            OutputStream out = new BufferedOutputStream(client.getOutputStream());
            say(out, "220 here");
            for (String command = line(in); command != null; command = line(in)) {
                answer(command, in, out);
                if (command.startsWith("QUIT")) {
                    return;
                }
            }
        } catch (IOException gone) {
            // the client's matter
        }
    }

    private static void answer(String command, InputStream in, OutputStream out) throws IOException {
        if (command.startsWith("EHLO")) {
            say(out, "250-here\r\n250-8BITMIME\r\n250-SIZE 30000000\r\n250-PIPELINING\r\n250 AUTH PLAIN");
        } else if (command.startsWith("AUTH")) {
            say(out, "235 in");
        } else if (command.startsWith("DATA")) {
            say(out, "354 go on");
            skipMessage(in);
            say(out, "250 queued");
        } else {
            say(out, command.startsWith("QUIT") ? "221 bye" : "250 fine");
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            line.append((char) c);
        }
        return null;
    }

    private static void skipMessage(InputStream in) throws IOException {
        int matched = 2; // an empty message ends at once
        while (matched < END.length) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("cut short");
            }
            matched = c == END[matched] ? matched + 1 : c == '\r' ? 1 : 0;
        }
    }
}
