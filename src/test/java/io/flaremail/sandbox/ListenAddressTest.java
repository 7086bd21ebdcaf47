package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --host} and {@code --allow-host}: who can reach the sandbox, and by which names. */
class ListenAddressTest {
    /** Another address of the loopback interface. */
    private static final String OTHER = "127.0.0.2";

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true, 127.0.0.1",
        "127.0.0.2, true, 127.0.0.2",
        "::1, true, [0:0:0:0:0:0:0:1]",
        "0.0.0.0, false, 127.0.0.1",
        "::, false, 127.0.0.1",
        "192.0.2.7, false, 192.0.2.7"
    })
    void addresses(String address, boolean loopback, String urlHost) {
        ListenAddress listen = ListenAddress.of(address, Set.of());
        assertEquals(loopback, listen.isLoopback());
        assertEquals(urlHost, listen.urlHost());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "example.com", "1.2.3.999", "127.0.0.1:80", ""})
    void onlyAddressesAreTaken(String address) {
        assertEquals(
                "expected an IP address, got \"" + address + "\"",
                assertThrows(IllegalArgumentException.class, () -> ListenAddress.of(address, Set.of()))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8580, true",
        "api.localhost, true",
        "127.0.0.1, true",
        "[::1]:1, true",
        "sandbox, true",
        "SANDBOX:8580, true",
        "mail.internal, true",
        "192.0.2.7:8580, true",
        "[2001:db8::1]:8580, true",
        "192.0.2.8, false",
        "sandbox.evil.example, false",
        "evil.example, false",
        "evil.example:sandbox, false",
        "sandbox:80@evil.example, false",
        "0.0.0.0, false"
    })
    void namesOfTheHost(String header, boolean ours) {
        ListenAddress listen = ListenAddress.of("192.0.2.7", Set.of("sandbox", "Mail.Internal", "[2001:db8::1]"));
        assertEquals(ours, listen.isCalled(header));
    }

    @Test
    void allPortsListenThereAndOnlyThere() throws Exception {
        assumeThereIsAnotherAddress();
        try (Sandbox sandbox = Sandbox.builder().host(OTHER).smtpPort(0).start()) {
            assertEquals(200, new TestClient(sandbox).send("ada@example.org").statusCode());
            assertEquals(OTHER, sandbox.endpoint().getHost());
            for (String place : List.of(sandbox.endpoint().getAuthority(), sandbox.imap(), sandbox.smtp())) {
                URI uri = URI.create("tcp://" + place);
                new Socket(uri.getHost(), uri.getPort()).close();
                assertThrows(IOException.class, () -> new Socket("127.0.0.1", uri.getPort()).close(), place);
            }
            assertTrue(sandbox.dnsServer().startsWith(OTHER + ":"), sandbox::dnsServer);
        }
    }

    @Test
    void anAllowedNameIsAnswered() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().allowHost("sandbox").start()) {
            assertTrue(answer(sandbox, "sandbox:8580").startsWith("HTTP/1.1 200 "));
            String refused = answer(sandbox, "evil.example");
            assertTrue(refused.startsWith("HTTP/1.1 421 "), refused);
            assertTrue(refused.contains("Host: expected 127.0.0.1, localhost or sandbox"), refused);
        }
    }

    /** No port is opened for other machines here: the text alone depends on the address. */
    @Test
    void theProgramWarnsIfOthersCanReachIt() {
        assertFalse(errorsOf("--random").contains("Warning"));
        assertTrue(SandboxMain.warning("0.0.0.0").startsWith("Warning: the sandbox listens on 0.0.0.0"));
        assertEquals("", SandboxMain.warning("127.0.0.2"));
    }

    private static String errorsOf(String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertEquals(0, SandboxMain.run(List.of(args), out, new PrintStream(err, true, StandardCharsets.UTF_8)));
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String answer(Sandbox sandbox, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", sandbox.endpoint().getPort())) {
            String request = "GET /sandbox/messages HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assumeThereIsAnotherAddress() throws IOException {
        try {
            new ServerSocket(0, 1, InetAddress.getByName(OTHER)).close();
        } catch (BindException e) {
            System.out.println("SKIPPED: this machine's loopback interface has no address " + OTHER);
            Assumptions.abort("no " + OTHER);
        }
    }
}
