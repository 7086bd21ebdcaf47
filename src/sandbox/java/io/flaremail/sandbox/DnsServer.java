package io.flaremail.sandbox;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;

/** Serves the simulated DNS over UDP, for clients that look up a domain's records. */
final class DnsServer {
    private final DnsZone dns;
    private final ListenAddress listen;
    private final int port;
    private DatagramSocket socket;

    /** @param port 0 for a free one */
    DnsServer(DnsZone dns, ListenAddress listen, int port) {
        this.dns = dns;
        this.listen = listen;
        this.port = port;
    }

    /** Answers the port; runs already after the first call. */
    synchronized int start() {
        if (socket == null) {
            try {
                socket = new DatagramSocket(port, listen.address());
            } catch (IOException e) {
                throw new IllegalStateException("Cannot listen for DNS on port " + port + ": " + e.getMessage(), e);
            }
            Thread thread = new Thread(() -> serve(socket), "sandbox-dns");
            thread.setDaemon(true);
            thread.start();
        }
        return socket.getLocalPort();
    }

    private void serve(DatagramSocket open) {
        byte[] buffer = new byte[4096];
        while (!open.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                open.receive(packet);
                byte[] answer = new DnsAnswer(Arrays.copyOf(buffer, packet.getLength()), dns).bytes();
                if (answer != null) {
                    open.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or one packet lost: clients ask again.
            }
        }
    }

    synchronized void stop() {
        if (socket != null) {
            socket.close();
        }
    }
}
