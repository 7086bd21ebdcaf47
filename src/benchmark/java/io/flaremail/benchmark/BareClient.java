package io.flaremail.benchmark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;

/** The floor: a canned request over a TLS socket kept open for each thread, written and read by hand. */
final class BareClient implements Load.Client {
    private final Map<String, SSLSocket> open = new ConcurrentHashMap<>();

    private BareClient() {}

    public static void main(String[] args) throws Exception {
        Load.obey(new BareClient());
    }

    @Override
    public Load.Post post(int port, int thread, int recipients, boolean large) throws Exception {
        String key = port + "/" + thread;
        if (!open.containsKey(key)) {
            open.put(key, ColdStart.open(port));
        }
        SSLSocket socket = open.get(key);
        return () -> ColdStart.exchange(socket);
    }
}
