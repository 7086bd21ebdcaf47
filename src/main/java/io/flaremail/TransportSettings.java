package io.flaremail;

import io.flaremail.api.Endpoint;
import io.flaremail.api.HttpProxy;
import io.flaremail.api.TlsSettings;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;

/** The options of one connected transport, parsed once. */
final class TransportSettings {
    static final String ACCOUNT_VARIABLE = "CLOUDFLARE_ACCOUNT_ID";
    static final String TOKEN_VARIABLE = "CLOUDFLARE_API_TOKEN";
    private static final String ACCOUNT_FORM = "[0-9a-fA-F]{32}";

    final String account;
    final ApiToken token;
    final URI endpoint;
    final Duration connectionTimeout;
    final Duration timeout;
    final String from;
    final boolean reportSuccess;
    final SendListener listener;
    final int maxConnections;
    final int retries;
    final Duration deadline;
    final boolean verify;
    final List<String> strip;

    /** Null for none. */
    final WireAddress redirect;

    final TlsSettings tls;

    /** Null for none. */
    final HttpProxy proxy;

    private TransportSettings(SessionOptions options, ApiToken token, String account) throws MessagingException {
        this.token = token;
        this.account = account;
        this.endpoint = endpoint(options);
        this.connectionTimeout = options.milliseconds(CloudflareProperty.CONNECTION_TIMEOUT);
        this.timeout = options.milliseconds(CloudflareProperty.TIMEOUT);
        this.from = from(options);
        this.reportSuccess = options.flag(CloudflareProperty.REPORT_SUCCESS);
        this.listener = Listeners.listener(options);
        this.maxConnections = options.count(CloudflareProperty.MAX_CONNECTIONS);
        this.retries = options.numberFrom0(CloudflareProperty.RETRIES);
        this.deadline = options.milliseconds(CloudflareProperty.DEADLINE);
        this.verify = options.flag(CloudflareProperty.VERIFY);
        this.strip = options.names(CloudflareProperty.STRIP);
        this.redirect = redirect(options);
        this.tls = tls(options);
        this.proxy = proxy(options);
    }

    /**
     * Reads and checks everything.
     *
     * @param credentials what {@code connect} was given
     * @param environment {@link System#getenv(String)}, or a test's
     * @throws AuthenticationFailedException when token or account are missing, so that the Authenticator is asked
     * @throws MessagingException names the property that makes no sense
     */
    static TransportSettings from(SessionOptions options, Credentials credentials, UnaryOperator<String> environment)
            throws MessagingException {
        ApiToken token = token(options, credentials, environment);
        token.read(); // now rather than at the first message
        return from(options, token, account(options, credentials, environment));
    }

    /** All but token and account, which are known. */
    static TransportSettings from(SessionOptions options, ApiToken token, String account) throws MessagingException {
        return new TransportSettings(options, token, account);
    }

    private static ApiToken token(SessionOptions options, Credentials credentials, UnaryOperator<String> environment)
            throws AuthenticationFailedException {
        boolean hasPassword = isPresent(credentials.password);
        if (hasPassword && !options.isAlias()) {
            return ApiToken.of(credentials.password, "the password given to connect or by the Authenticator");
        }
        if (options.text(CloudflareProperty.TOKEN) != null) {
            return ApiToken.of(options.text(CloudflareProperty.TOKEN), CloudflareProperty.TOKEN.key());
        }
        if (options.text(CloudflareProperty.TOKEN_FILE) != null) {
            return ApiToken.inFile(options.text(CloudflareProperty.TOKEN_FILE));
        }
        if (isPresent(environment.apply(TOKEN_VARIABLE))) {
            return ApiToken.of(environment.apply(TOKEN_VARIABLE), "the environment's " + TOKEN_VARIABLE);
        }
        if (hasPassword) {
            return ApiToken.of(credentials.password, "the password given to connect or by the Authenticator");
        }
        throw new AuthenticationFailedException("No API token: set " + CloudflareProperty.TOKEN.key() + ", "
                + CloudflareProperty.TOKEN_FILE.key() + " or the environment's " + TOKEN_VARIABLE
                + ", or give it as the password");
    }

    private static String account(SessionOptions options, Credentials credentials, UnaryOperator<String> environment)
            throws MessagingException {
        String account = options.text(CloudflareProperty.ACCOUNT);
        if (account != null) {
            if (!account.matches(ACCOUNT_FORM)) {
                throw SessionOptions.malformedShowing(
                        CloudflareProperty.ACCOUNT,
                        "an account id of 32 hexadecimal characters",
                        Printable.unlessSecret(account));
            }
            return account;
        }
        if (credentials.user != null && credentials.user.matches(ACCOUNT_FORM)) {
            return credentials.user;
        }
        String variable = environment.apply(ACCOUNT_VARIABLE);
        if (!isPresent(variable)) {
            throw new AuthenticationFailedException("No Cloudflare account: set " + CloudflareProperty.ACCOUNT.key()
                    + " or the environment's " + ACCOUNT_VARIABLE
                    + " to the account id, 32 hexadecimal characters (the user name "
                    + (credentials.user == null
                            ? "is not set"
                            : Printable.unlessSecret(credentials.user) + " is not one")
                    + ")");
        }
        if (!variable.trim().matches(ACCOUNT_FORM)) {
            throw new MessagingException("The environment's " + ACCOUNT_VARIABLE
                    + ": expected an account id of 32 hexadecimal characters, got " + Printable.unlessSecret(variable));
        }
        return variable.trim();
    }

    private static String from(SessionOptions options) throws MessagingException {
        Object own = options.object(CloudflareProperty.FROM);
        String from = options.text(CloudflareProperty.FROM);
        if (own != null && from != null && !WireAddress.of(from).isUsable()) {
            throw SessionOptions.malformed(CloudflareProperty.FROM, "one bare address", from);
        }
        return from;
    }

    private static boolean isPresent(String value) {
        return value != null && !value.trim().isEmpty();
    }

    private static URI endpoint(SessionOptions options) throws MessagingException {
        String text = options.text(CloudflareProperty.ENDPOINT);
        try {
            return Endpoint.require(URI.create(text));
        } catch (IllegalArgumentException wrong) {
            throw SessionOptions.malformed(CloudflareProperty.ENDPOINT, reason(wrong), withoutSecrets(text));
        }
    }

    private static String reason(IllegalArgumentException wrong) {
        String message = String.valueOf(wrong.getMessage());
        return message.startsWith("expected ") ? message.substring("expected ".length()) : "a URL";
    }

    /** A URL that carries a password, or a token as a parameter, must not be repeated with it. */
    private static String withoutSecrets(String url) {
        return url.replaceAll("(?s)//.*@", "//***@").replaceAll("(?s)\\?.*", "?***");
    }

    private static WireAddress redirect(SessionOptions options) throws MessagingException {
        String text = options.text(CloudflareProperty.REDIRECT);
        WireAddress redirect = text == null ? null : WireAddress.of(text);
        if (redirect != null && !redirect.isUsable()) {
            throw SessionOptions.malformed(CloudflareProperty.REDIRECT, "one bare address", text);
        }
        return redirect;
    }

    private static TlsSettings tls(SessionOptions options) throws MessagingException {
        Object factory = options.object(CloudflareProperty.SSL_SOCKET_FACTORY);
        if (factory != null && !(factory instanceof SSLSocketFactory)) {
            throw SessionOptions.malformed(
                    CloudflareProperty.SSL_SOCKET_FACTORY,
                    "a javax.net.ssl.SSLSocketFactory object",
                    factory.getClass().getName());
        }
        return new TlsSettings(
                options.text(CloudflareProperty.SSL_TRUST),
                options.flag(CloudflareProperty.SSL_CHECK_SERVER_IDENTITY),
                words(options.text(CloudflareProperty.SSL_PROTOCOLS)),
                words(options.text(CloudflareProperty.SSL_CIPHER_SUITES)),
                (SSLSocketFactory) factory);
    }

    private static List<String> words(String text) {
        return text == null ? Collections.emptyList() : Arrays.asList(text.split("\\s+"));
    }

    private static HttpProxy proxy(SessionOptions options) throws MessagingException {
        String host = options.text(CloudflareProperty.PROXY_HOST);
        int port = options.port(CloudflareProperty.PROXY_PORT);
        return host == null
                ? null
                : new HttpProxy(
                        host,
                        port,
                        options.text(CloudflareProperty.PROXY_USER),
                        options.text(CloudflareProperty.PROXY_PASSWORD));
    }
}
