package io.flaremail.config;

import io.flaremail.config.CredentialsException.Problem;
import io.flaremail.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * Where the API token comes from: a value, or a file that is read each time. Never shows the token.
 *
 * <p>Tests: CredentialsTest.
 */
public final class TokenSource {
    private static final long LONGEST_FILE = 64 * 1024;

    private final String name;
    private final String value;
    private final String file;

    private TokenSource(String name, String value, String file) {
        this.name = name;
        this.value = value;
        this.file = file;
    }

    /**
     * A token given by value.
     *
     * @param name where it comes from, for messages
     */
    public static TokenSource of(String value, String name) {
        return new TokenSource(name, value, null);
    }

    /**
     * A token in a file, which is read each time.
     *
     * @param key the property or option that names the file
     */
    static TokenSource inFile(String file, String key) {
        // The value may be the token itself; a path is recognised by its separator.
        boolean isPath = file.indexOf('/') >= 0 || file.indexOf('\\') >= 0;
        String shown = isPath ? Printable.quoted(file) : "(a name of " + file.length() + " characters)";
        return new TokenSource(key + " " + shown, null, file);
    }

    /**
     * Reads the token.
     *
     * @throws CredentialsException if the file cannot be read, or the text cannot be a token
     */
    public String read() throws CredentialsException {
        return read(false);
    }

    private String read(boolean allowPipe) throws CredentialsException {
        String token = (file == null ? value : content(allowPipe)).trim();
        if (token.isEmpty()) {
            throw new CredentialsException(Problem.MALFORMED_TOKEN, "The API token from " + name + " is empty");
        }
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= ' ' || token.charAt(i) >= 0x7F) {
                throw new CredentialsException(
                        Problem.MALFORMED_TOKEN,
                        "The API token from " + name + " has a space, line break or other character at position "
                                + (i + 1) + " of " + token.length() + " that no token has: give the token alone");
            }
        }
        return token;
    }

    /** Reads the token now, also from a pipe, and returns a source with its value. */
    public TokenSource readOnce() throws CredentialsException {
        return of(read(true), name);
    }

    private String content(boolean allowPipe) throws CredentialsException {
        try {
            Path path = Paths.get(file);
            if (Files.isDirectory(path) || !allowPipe && Files.exists(path) && !Files.isRegularFile(path)) {
                throw unreadable(" is not a regular file");
            }
            if (Files.size(path) > LONGEST_FILE) {
                throw unreadable(" is too large: the file must contain only the token");
            }
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            // Not chained: its message repeats the name.
            throw unreadable(" cannot be read: " + reason(e));
        }
    }

    private static String reason(Exception e) {
        return e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof AccessDeniedException
                        ? "permission denied"
                        : e.getClass().getSimpleName();
    }

    private CredentialsException unreadable(String why) {
        return new CredentialsException(Problem.UNREADABLE_TOKEN_FILE, name + why);
    }

    /** Where the token comes from, for messages. */
    @Override
    public String toString() {
        return name;
    }
}
