package io.flaremail;

import io.flaremail.api.Endpoint;
import io.flaremail.http.HttpProxy;
import io.flaremail.http.TlsSettings;
import io.flaremail.text.WireAddress;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The options of one connected transport, parsed once. */
final class TransportSettings {
    final String account;
    final ApiToken token;
    final URI endpoint;
    final Duration connectionTimeout;
    final Duration timeout;

    /** Null for none. */
    final String from;

    /** The property that {@link #from} is read from. */
    final String fromSource;

    final boolean reportSuccess;

    /** Whether recipients that cannot be sent to leave the message to the others. */
    final boolean sendPartial;

    final SendListener listener;
    final int maxConnections;
    final int retries;
    final Duration deadline;
    final boolean verify;
    final List<String> strip;
    final GuardGrade guard;
    final Duration guardWindow;
    final boolean guardUnknown;

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
        this.fromSource = options.source(CloudflareProperty.FROM);
        this.reportSuccess = options.flag(CloudflareProperty.REPORT_SUCCESS);
        this.sendPartial = options.flag(CloudflareProperty.SEND_PARTIAL);
        this.listener = Listeners.listener(options);
        this.maxConnections = options.count(CloudflareProperty.MAX_CONNECTIONS);
        this.retries = options.numberFrom0(CloudflareProperty.RETRIES);
        this.deadline = options.milliseconds(CloudflareProperty.DEADLINE);
        this.verify = options.flag(CloudflareProperty.VERIFY);
        this.strip = options.names(CloudflareProperty.STRIP);
        this.guard = guard(options);
        this.guardWindow = options.milliseconds(CloudflareProperty.GUARD_WINDOW);
        this.guardUnknown = options.flag(CloudflareProperty.GUARD_UNKNOWN);
        this.redirect = redirect(options);
        this.tls = TlsOptions.read(options, endpoint.getHost());
        this.proxy = proxy(options);
    }

    /**
     * Reads and checks everything.
     *
     * @param credentials what {@code connect} was given
     * @param environment {@link System#getenv(String)}, or a test's
     * @throws AuthenticationFailedException when token or account are missing, so that the Authenticator is asked
     * @throws MessagingException names the invalid property
     */
    static TransportSettings from(SessionOptions options, Credentials credentials, UnaryOperator<String> environment)
            throws MessagingException {
        ApiToken token = credentials.token(options, environment);
        token.read(); // now rather than at the first message
        return from(options, token, credentials.account(options, environment));
    }

    /** All but token and account, which are known. */
    static TransportSettings from(SessionOptions options, ApiToken token, String account) throws MessagingException {
        return new TransportSettings(options, token, account);
    }

    private static String from(SessionOptions options) throws MessagingException {
        String from = options.text(CloudflareProperty.FROM);
        boolean isOwn = from != null && !options.isInherited(CloudflareProperty.FROM);
        if (isOwn && !WireAddress.of(from).isUsable()) {
            throw options.malformed(CloudflareProperty.FROM, "one bare address", from);
        }
        return from;
    }

    private static URI endpoint(SessionOptions options) throws MessagingException {
        String text = options.text(CloudflareProperty.ENDPOINT);
        try {
            return Endpoint.require(URI.create(text));
        } catch (IllegalArgumentException wrong) {
            throw options.malformed(CloudflareProperty.ENDPOINT, reason(wrong), withoutSecrets(text));
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

    private static GuardGrade guard(SessionOptions options) throws MessagingException {
        String text = options.text(CloudflareProperty.GUARD);
        return GuardGrade.parse(text)
                .orElseThrow(() -> options.malformed(CloudflareProperty.GUARD, "certain, content or off", text));
    }

    private static WireAddress redirect(SessionOptions options) throws MessagingException {
        String text = options.text(CloudflareProperty.REDIRECT);
        WireAddress redirect = text == null ? null : WireAddress.of(text);
        if (redirect != null && !redirect.isUsable()) {
            throw options.malformed(CloudflareProperty.REDIRECT, "one bare address", text);
        }
        return redirect;
    }

    private static HttpProxy proxy(SessionOptions options) throws MessagingException {
        String host = options.text(CloudflareProperty.PROXY_HOST);
        if (host == null && options.isInherited(CloudflareProperty.PROXY_PORT)) {
            return null; // an inherited port without a host may be anything
        }
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
