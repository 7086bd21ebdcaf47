package io.flaremail;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.config.Credentials;
import io.flaremail.config.CredentialsException;
import io.flaremail.config.TransportSettings;
import io.flaremail.text.Printable;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks the values that were typed into an application's form for an SMTP server, so that its button "Test connection"
 * tells the truth. A failure is one sentence. A success is remembered for {@link #MEMORY}, so that the static
 * {@code Transport.send}, which connects for every message, does not make a second request each time.
 *
 * <p>Tests: SmtpFormTransportTest.
 */
final class FormVerification {
    /** For how long a success counts. */
    static final Duration MEMORY = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 1000;

    /** When each success was, on the monotonic clock, oldest first. The keys are digests: they contain no token. */
    private static final Map<String, Long> SUCCESSES = new LinkedHashMap<>();

    private final Credentials credentials;
    private final String key;

    /** @throws CredentialsException if the token cannot be read */
    FormVerification(TransportSettings settings, Credentials credentials) throws CredentialsException {
        this.credentials = credentials;
        this.key = digest(String.join(
                "\n",
                settings.endpoint.toString(),
                credentials.account,
                credentials.token.read(),
                String.valueOf(Arrays.asList(
                        settings.proxyHost,
                        settings.proxyPort,
                        settings.proxyUser,
                        settings.proxyPassword,
                        settings.trust,
                        settings.checkServerIdentity,
                        settings.tlsProtocols,
                        settings.cipherSuites,
                        System.identityHashCode(settings.socketFactory)))));
    }

    /**
     * Asks the API, unless that succeeded a short time ago.
     *
     * @throws AuthenticationFailedException if the API refuses the token or the account
     * @throws MessagingException if the API cannot be reached, or its response is unexpected
     */
    void verify(MessageSender sender) throws MessagingException, CredentialsException {
        if (isRemembered()) {
            return;
        }
        try {
            sender.probe();
            remember();
        } catch (CloudflareApiException e) {
            throw failure(e);
        }
    }

    /** After a refusal the next connection asks again. */
    void learn(SendReport report) {
        if (report.getStatus() == 401 || report.getStatus() == 403) {
            synchronized (SUCCESSES) {
                SUCCESSES.remove(key);
            }
        }
    }

    /** What to type where credentials are missing or malformed. */
    static String missing(CredentialsException e) {
        switch (e.getProblem()) {
            case NO_TOKEN:
                return "No API token: give a Cloudflare API token as the password";
            case NO_ACCOUNT:
                return "No Cloudflare account: give the account id, 32 hexadecimal characters, as the user name";
            default:
                return e.getMessage();
        }
    }

    private MessagingException failure(CloudflareApiException e) {
        String answer = "HTTP " + e.getStatus()
                + e.getErrors().stream().map(error -> ", " + error).collect(Collectors.joining());
        switch (e.getStatus()) {
            case 0:
                return new MessagingException(Printable.line(e.getMessage()), e);
            case 401:
                return refused("Cloudflare does not accept the API token from " + credentials.token + ": " + answer, e);
            case 403:
            case 404:
                return refused(
                        "The API token has no access to Email Sending of account " + credentials.account + ": "
                                + answer,
                        e);
            default:
                return new MessagingException("Cloudflare could not check the connection: " + answer, e);
        }
    }

    private static AuthenticationFailedException refused(String text, Exception cause) {
        AuthenticationFailedException refused = new AuthenticationFailedException(Printable.line(text));
        refused.setNextException(cause);
        return refused;
    }

    private boolean isRemembered() {
        synchronized (SUCCESSES) {
            Long when = SUCCESSES.get(key);
            return when != null && System.nanoTime() - when < MEMORY.toNanos();
        }
    }

    private void remember() {
        synchronized (SUCCESSES) {
            SUCCESSES.remove(key); // so that it becomes the youngest
            SUCCESSES.put(key, System.nanoTime());
            if (SUCCESSES.size() > MOST_REMEMBERED) {
                Iterator<String> oldest = SUCCESSES.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform supports SHA-256
        }
    }
}
