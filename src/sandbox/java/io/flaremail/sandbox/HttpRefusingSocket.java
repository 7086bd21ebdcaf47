package io.flaremail.sandbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A client's connection to a line-based protocol, which fails for good if the first line is an HTTP request line: a page in a
 * browser must not log in or send mail by posting a form there.
 */
final class HttpRefusingSocket extends Socket {
    private InputStream in;

    /** Accepts such connections. */
    static final class Server extends ServerSocket {
        private static final int BACKLOG = 50;

        /** Not bound yet. */
        Server() throws IOException {}

        /** @param port 0 for a free one */
        Server(int port, InetAddress address) throws IOException {
            super(port, BACKLOG, address);
        }

        @Override
        public Socket accept() throws IOException {
            HttpRefusingSocket socket = new HttpRefusingSocket();
            implAccept(socket);
            return socket;
        }
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            in = new WithoutHttp(super.getInputStream());
        }
        return in;
    }

    /** Fails before the end of the first line is seen. RFC 9112 3 */
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
                throw new IOException("HTTP request on a mail port");
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
