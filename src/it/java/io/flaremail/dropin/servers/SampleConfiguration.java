package io.flaremail.dropin.servers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A sample of a server's configuration, filled in as an administrator would; the rest is as it stands there. */
final class SampleConfiguration {
    private SampleConfiguration() {}

    static Path filledIn(Path sample, Path target, boolean javax, Sandbox sandbox) throws IOException {
        String text = Files.readString(sample);
        for (var value : values(sandbox).entrySet()) {
            assertTrue(text.contains(value.getKey()), () -> sample + " has no " + value.getKey());
            text = text.replace(value.getKey(), value.getValue());
        }
        return Files.writeString(target, javax ? text.replace("jakarta.", "javax.") : text);
    }

    private static Map<String, String> values(Sandbox sandbox) {
        return Map.of(
                "0123456789abcdef0123456789abcdef",
                sandbox.account(),
                "your-api-token",
                sandbox.token(),
                "https://api.cloudflare.com/client/v4",
                sandbox.endpoint().toString());
    }
}
