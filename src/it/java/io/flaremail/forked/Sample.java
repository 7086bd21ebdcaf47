package io.flaremail.forked;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration file of {@code samples/}, as a user would write it, with our values in the place of its placeholders. */
record Sample(String text) {
    static final String ENDPOINT = "https://api.cloudflare.com/client/v4";

    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "your-api-token";

    static Sample of(String name) throws IOException {
        return new Sample(Files.readString(Path.of("samples").resolve(name)));
    }

    /** With an account at the sandbox. */
    Sample with(Sandbox sandbox) {
        return with(ACCOUNT, sandbox.account()).with(TOKEN, sandbox.token());
    }

    Sample with(String placeholder, String value) {
        assertTrue(text.contains(placeholder), () -> "no " + placeholder + " in\n" + text);
        return new Sample(text.replace(placeholder, value));
    }

    void to(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
