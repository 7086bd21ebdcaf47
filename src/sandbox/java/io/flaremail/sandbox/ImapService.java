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

    /** Fails for good, before the end of the first line is seen, if that line is an HTTP request line. RFC 9112 3. */
    private static final class WithoutHttp extends FilterInputStream {
        private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ (/|\\*|[a-z]+:)");
        private static final int LONGEST = 8 * 1024;

        /** Null once it is whole. */
        private StringBuilder first = new StringBuilder();

        private boolean refused;

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
            if (refused) {
                throw new IOException("HTTP on the IMAP port");
            }
            return count;
        }

        private void check(String more) {
            first.append(more);
            int end = first.indexOf("\n");
            // The method alone tells: of a long line the server may act on the beginning.
            refused = REQUEST_LINE
                            .matcher(end < 0 ? first : first.substring(0, end))
                            .lookingAt()
                    || first.length() > LONGEST;
            first = end < 0 ? first : null;
        }
    }
}
