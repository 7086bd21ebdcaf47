package io.flaremail.benchmark;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A process that sends once: says how many nanoseconds that took, the application's making of the message aside. */
final class ColdStart {
    private ColdStart() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        if (args[0].equals("BARE")) {
            long start = System.nanoTime();
            try (SSLSocket socket = open(port)) {
                exchange(socket);
            }
            System.out.println(System.nanoTime() - start);
            return;
        }
        JakartaClient.Kind kind = JakartaClient.Kind.valueOf(args[0]);
        Session session = Session.getInstance(JakartaClient.properties(kind, port));
        MimeMessage message = Mails.of(session, 1, false);
        long start = System.nanoTime();
        if (kind == JakartaClient.Kind.FLAREMAIL) {
            Transport.send(message);
        } else {
            Transport.send(message, "user", "password");
        }
        System.out.println(System.nanoTime() - start);
    }

    static SSLSocket open(int port) throws Exception {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("localhost", port));
        SSLSocket tls = (SSLSocket)
                ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, "localhost", port, true);
        tls.startHandshake();
        return tls;
    }

    /** A request of 2 KB and its answer, by hand. */
    static void exchange(SSLSocket socket) throws Exception {
        String request =
                "POST /send_raw HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2048\r\n\r\n" + " ".repeat(2048);
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!answer.toString().endsWith("}}")) {
            int n = in.read(buffer);
            if (n < 0) {
                throw new IllegalStateException("no answer");
            }
            answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
    }
}
