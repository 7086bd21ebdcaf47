package io.flaremail.sandbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

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
            return new HttpRefusingSocket.WithoutHttp(socket.getInputStream());
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
}
