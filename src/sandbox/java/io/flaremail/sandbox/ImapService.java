package io.flaremail.sandbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** GreenMail's IMAP, on a port that hangs up on HTTP: a page in a browser must not log in by posting a form there. */
final class ImapService extends AbstractServer {
    private final UserManager users;

    ImapService(ServerSetup setup, Managers managers, UserManager users) {
        super(setup, managers);
        this.users = users;
    }

    @Override
    protected ServerSocket openServerSocket() throws IOException {
        return new HttpRefusingSocket.Server(setup.getPort(), bindTo);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket socket) {
        return new ImapHandler(users, managers.getImapHostManager(), socket);
    }
}
