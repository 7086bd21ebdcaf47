package io.flaremail.sandbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** GreenMail's IMAP, on a port that hangs up on HTTP: a page in a browser must not log in by posting a form there. */
final class ImapService extends AbstractServer {
    private final UserManager users;

    ImapService(ServerSetup setup, Managers managers, UserManager users) {
        super(setup, managers);
        this.users = users;
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket socket) {
        return new ImapHandler(users, managers.getImapHostManager(), new ImapSocket(socket));
    }

    /** The socket of one client; what GreenMail asks of it and no more. */
    private static final class ImapSocket extends Socket {
        private final Socket socket;

        ImapSocket(Socket socket) {
            this.socket = socket;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new WithoutHttp(socket.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public InetAddress getInetAddress() {
            return socket.getInetAddress();
        }

        @Override
        public int getPort() {
            return socket.getPort();
        }

        @Override
        public int getSoTimeout() throws java.net.SocketException {
            return socket.getSoTimeout();
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Fails, before anybody has seen the end of it, when the first line is HTTP's. RFC 9112 3. */
    private static final class WithoutHttp extends FilterInputStream {
        private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ .* HTTP/\\d.*\\s*");
        private static final int LONGEST = 64 * 1024;

        private StringBuilder first = new StringBuilder();

        WithoutHttp(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count > 0 && first != null) {
                check(new String(bytes, offset, count, StandardCharsets.ISO_8859_1));
            }
            return count;
        }

        private void check(String more) throws IOException {
            first.append(more);
            int end = first.indexOf("\n");
            if (end < 0 && first.length() <= LONGEST) {
                return;
            }
            String line = end < 0 ? first.toString() : first.substring(0, end);
            first = null;
            if (REQUEST_LINE.matcher(line).matches()) {
                throw new IOException("HTTP on the IMAP port");
            }
        }
    }
}
