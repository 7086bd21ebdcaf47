package io.flaremail.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The API token, and where it was found. */
final class TokenSource {
    private static final long LONGEST_FILE = 64 * 1024;

    final String value;

    /** In words; never the token. */
    final String place;

    private TokenSource(String value, String place) throws Trouble {
        this.value = value.trim();
        this.place = place;
        if (this.value.isEmpty()) {
            throw Trouble.usage("the API token from " + place + " is empty");
        }
        for (int i = 0; i < this.value.length(); i++) {
            if (this.value.charAt(i) <= ' ' || this.value.charAt(i) >= 0x7F) {
                throw Trouble.usage("the API token from " + place + " has a space or other character at position "
                        + (i + 1) + " that no token has: give the token alone");
            }
        }
    }

    /** Whether it is made of what Cloudflare makes tokens of; if not, perhaps a quote or a name and = stand with it. */
    boolean isUsual() {
        return value.matches("[A-Za-z0-9_-]+");
    }

    static TokenSource find(CommonOptions options, Settings settings, UnaryOperator<String> environment)
            throws Trouble {
        if (options.token != null) {
            return new TokenSource(options.token, "--token");
        }
        if (options.tokenFile != null) {
            return inFile(options.tokenFile, "--token-file");
        }
        Optional<String> property = settings.property("token");
        if (property.isPresent()) {
            return new TokenSource(property.get(), "mail.cloudflare.token");
        }
        Optional<String> file = settings.property("token.file");
        if (file.isPresent()) {
            return inFile(path(file.get()), "mail.cloudflare.token.file");
        }
        String variable = environment.apply("CLOUDFLARE_API_TOKEN");
        if (variable != null && !variable.trim().isEmpty()) {
            return new TokenSource(variable, "the environment's CLOUDFLARE_API_TOKEN");
        }
        throw Trouble.usage("no API token: set the environment's CLOUDFLARE_API_TOKEN, or give --token-file");
    }

    private static Path path(String name) throws Trouble {
        try {
            return Paths.get(name);
        } catch (InvalidPathException noPath) {
            throw Trouble.usage("mail.cloudflare.token.file: expected the name of a file");
        }
    }

    /** The file is not named: somebody may have put the token where its file belongs. */
    private static TokenSource inFile(Path file, String name) throws Trouble {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw Trouble.usage(name + ": the file is larger than any token: give a file with it alone");
            }
            return new TokenSource(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), "the file of " + name);
        } catch (IOException unreadable) {
            throw Trouble.usage(name + ": the file cannot be read: " + Input.reason(file, unreadable));
        }
    }
}
