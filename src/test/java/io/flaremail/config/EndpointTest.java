package io.flaremail.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the token may go. */
class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.cloudflare.com/client/v4",
                "HTTPS://API.CLOUDFLARE.COM/",
                "http://localhost:8787/client/v4",
                "http://LOCALHOST/",
                "http://127.0.0.1:1/",
                "http://127.1.2.255/",
                "http://[::1]:80/x"
            })
    void theTokenMayGoThere(String endpoint) {
        assertEquals(endpoint, Endpoint.require(URI.create(endpoint)).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.cloudflare.com/",
                "http://127.0.0.1.evil.example/",
                "http://localhost.evil.example/",
                "http://127.0.0.256/",
                "http://128.0.0.1/",
                "http://[::2]/",
                "http://0x7f000001/",
                "http://2130706433/",
                "file:///etc/passwd",
                "https:///x",
                "https:opaque",
                "//x/",
                "https://u:p@x/",
                "https://x/?q",
                "https://x/#f"
            })
    void theTokenMayNotGoThere(String endpoint) {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.require(URI.create(endpoint)));
    }
}
