package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One client for many threads, its connections, and its end. */
class ClientLifeTest {
    private static final int THREADS = 8;
    private static final int CALLS = 25;

    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    @Test
    void oneClientServesManyThreads() throws Exception {
        for (int i = 0; i < THREADS * CALLS; i++) {
            peer.script(Reply.ok("{\"tag\":\"t\"}"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (CloudflareEmail client = peer.builder().maxConnections(3).build()) {
            SendingSubdomains subdomains = client.subdomains("zone");
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                futures.add(threads.submit(() -> {
                    start.await();
                    for (int call = 0; call < CALLS; call++) {
                        assertEquals("t", subdomains.get(thread + "-" + call).getTag());
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(THREADS * CALLS, peer.lines().stream().distinct().count());
        assertTrue(peer.connections() <= 3, peer.connections() + " connections");
    }

    @Test
    void callsOfEveryKindShareAConnection() throws Exception {
        peer.script(Reply.ok("[]"), Reply.ok("{}"), Reply.ok("null"), Reply.error(404, 2033, "x"), Reply.ok("{}"));
        try (CloudflareEmail client = peer.client()) {
            client.zones().find("x.com");
            client.sending("acc").limits();
            client.subdomains("zone").delete("t1");
            assertThrows(
                    CloudflareApiException.class,
                    () -> client.suppressions("acc").get("s1"));
            client.subdomains("zone").create("x.com");
        }
        assertEquals(1, peer.connections());
    }

    @Test
    void closingEndsTheConnections() throws Exception {
        peer.script(Reply.ok("[]"), Reply.ok("[]"));
        CloudflareEmail one = peer.client();
        CloudflareEmail another = peer.client();
        one.zones().find("x.com");
        another.zones().find("x.com");
        assertEquals(2, peer.connections(), "clients have connections of their own");
        one.close();
        one.close();
        another.close();
        peer.awaitNoneOpen();
    }

    @Test
    void aClosedClientSaysSo() {
        CloudflareEmail client = peer.client();
        SendingSubdomains subdomains = client.subdomains("zone");
        client.close();
        assertEquals(
                "this client has been closed",
                assertThrows(IllegalStateException.class, subdomains::list).getMessage());
        assertThrows(IllegalStateException.class, () -> client.sending("acc").message("<id@x>"));
        assertEquals(List.of(), peer.lines());
    }

    @Test
    void aClientThatWasNotUsedCanBeClosed() {
        assertDoesNotThrow(() -> CloudflareEmail.builder().build().close());
    }

    @Test
    void sharedConnectionsOutliveTheirClients() throws Exception {
        peer.script(Reply.ok("[]"), Reply.ok("[]"), Reply.ok("[]"));
        for (int i = 0; i < 3; i++) {
            try (CloudflareEmail client = peer.builder()
                    .maxConnections(61) // nobody else's settings
                    .sharedConnections()
                    .build()) {
                client.zones().find("x.com");
            }
        }
        assertEquals(1, peer.connections());
    }

    /** An Error inside HttpClient costs a connection or the whole pool: here the only connection there may be. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anErrorCostsTheCallAndNotTheClient(boolean shared) throws IOException {
        FailingFactory factory = new FailingFactory();
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                CloudflareEmail client = failing(silent, factory, shared)) {
            SendingSubdomains subdomains = client.subdomains("zone");
            assertThrows(StackOverflowError.class, subdomains::list);
            CloudflareApiException next = assertThrows(CloudflareApiException.class, subdomains::list);
            assertTrue(next.getMessage().contains("the second time"), next::getMessage);
        }
        assertEquals(2, factory.asked);
    }

    @Test
    void aClientThatAnErrorBrokeCanBeClosedToo() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CloudflareEmail client = failing(silent, new FailingFactory(), false);
            SendingSubdomains subdomains = client.subdomains("zone");
            assertThrows(StackOverflowError.class, subdomains::list);
            client.close();
            assertThrows(IllegalStateException.class, subdomains::list);
        }
    }

    /** Before anything went out there is nothing to tell but the Error itself, whatever was to be done. */
    @Test
    void anErrorBeforeTheRequestIsTheCallersWhateverTheCall() throws IOException {
        Email email =
                Email.builder().from("a@x.com").to("b@y").subject("s").text("t").build();
        List<Executable> calls = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                CloudflareEmail create = failing(silent, new FailingFactory(), false);
                CloudflareEmail send = failing(silent, new FailingFactory(), false);
                CloudflareEmail raw = failing(silent, new FailingFactory(), false)) {
            calls.add(() -> create.subdomains("zone").create("x.com"));
            calls.add(() -> send.sending("acc").send(email));
            calls.add(() -> raw.sending("acc").sendRaw("a@x.com", List.of("b@y"), new byte[] {'x'}));
            calls.forEach(call -> assertThrows(StackOverflowError.class, call));
            calls.forEach(call -> assertThrows(CloudflareApiException.class, call));
        }
    }

    private static CloudflareEmail failing(ServerSocket peer, SSLSocketFactory factory, boolean shared) {
        CloudflareEmail.Builder builder = CloudflareEmail.builder()
                .token(ApiPeer.TOKEN)
                .endpoint(URI.create("https://127.0.0.1:" + peer.getLocalPort()))
                .tls(null, true, List.of(), List.of(), factory)
                .responseTimeout(Duration.ofMillis(300))
                .retries(0)
                .maxConnections(1);
        return shared ? builder.sharedConnections().build() : builder.build();
    }

    /** Fails as no factory should, and then as one may. */
    private static final class FailingFactory extends SSLSocketFactory {
        int asked;

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            if (++asked == 1) {
                throw new StackOverflowError("the first time");
            }
            throw new IOException("the second time");
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return new String[0];
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return new String[0];
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("only over a connection that there is");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket(host.getHostName(), port);
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            return createSocket(address, port);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.cloudflare.com/", "ftp://x/", "/relative"})
    void anEndpointIsCheckedWhereItIsGiven(String endpoint) {
        assertThrows(
                IllegalArgumentException.class, () -> CloudflareEmail.builder().endpoint(URI.create(endpoint)));
    }

    /** The builder may go on: what was built stays as it was. */
    @Test
    void aClientIsNotChangedByItsBuilder() throws Exception {
        CloudflareEmail.Builder builder = peer.builder();
        try (CloudflareEmail client = builder.build()) {
            builder.token("another")
                    .endpoint(URI.create("https://127.0.0.1:1/"))
                    .connectTimeout(Duration.ofMillis(1))
                    .retries(0);
            peer.script(Reply.html(502), Reply.ok("[]"));
            client.zones().find("x.com");
        }
        assertEquals("Bearer " + ApiPeer.TOKEN, peer.calls().get(1).headers().get("Authorization"));
    }
}
