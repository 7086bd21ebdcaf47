package io.flaremail;

import io.flaremail.text.Printable;
import jakarta.mail.AuthenticationFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Paths;

/** Where the API token comes from. Knows the way to it, and never shows it. */
final class ApiToken {
    private static final long LONGEST_FILE = 64 * 1024;

    private final String source;
    private final String value;
    private final String file;

    private ApiToken(String source, String value, String file) {
        this.source = source;
        this.value = value;
        this.file = file;
    }

    /** A token known by value. */
    static ApiToken of(String value, String source) {
        return new ApiToken(source, value, null);
    }

    /**
     * A token to be read from a file, each time it is needed.
     *
     * @param key the property that names the file
     */
    static ApiToken inFile(String file, String key) {
        // Somebody may have put the token itself here; a path is recognised by its separator.
        boolean isPath = file.indexOf('/') >= 0 || file.indexOf('\\') >= 0;
        String name = isPath ? Printable.quoted(file) : "(a name of " + file.length() + " characters)";
        return new ApiToken(key + " " + name, null, file);
    }

    /**
     * The token.
     *
     * @throws AuthenticationFailedException when the file cannot be read, or what there is cannot be a token
     */
    String read() throws AuthenticationFailedException {
        String token = (file == null ? value : content()).trim();
        if (token.isEmpty()) {
            throw new AuthenticationFailedException("The API token from " + source + " is empty");
        }
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= ' ' || token.charAt(i) >= 0x7F) {
                throw new AuthenticationFailedException("The API token from " + source
                        + " has a space, line break or other character at position " + (i + 1) + " of "
                        + token.length() + " that no token has: give the token alone");
            }
        }
        return token;
    }

    private String content() throws AuthenticationFailedException {
        try {
            if (!Files.isRegularFile(Paths.get(file)) && Files.exists(Paths.get(file))) {
                throw new AuthenticationFailedException(source + " is not a regular file");
            }
            if (Files.size(Paths.get(file)) > LONGEST_FILE) {
                throw new AuthenticationFailedException(
                        source + " is larger than any token: give a file with it alone");
            }
            return new String(Files.readAllBytes(Paths.get(file)), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException unreadable) {
            // Not chained: its message repeats the name.
            throw new AuthenticationFailedException(
                    source + " cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }

    /** Where it comes from. */
    @Override
    public String toString() {
        return source;
    }
}
