package io.flaremail;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every {@code mail.cloudflare.*} session property: the one list, from which the table in docs/options.md is rendered. Public so that
 * a program can name a property instead of typing it: {@code props.put(CloudflareProperty.TOKEN.key(), token)}.
 */
public enum CloudflareProperty {
    ACCOUNT(
            "account",
            Type.TEXT,
            null,
            "Cloudflare account id, 32 hexadecimal characters. Else the user name given to `connect` or by the"
                    + " Authenticator, if it looks like one; else the environment's `CLOUDFLARE_ACCOUNT_ID`."),
    TOKEN(
            "token",
            Type.TEXT,
            null,
            "API token with the permission *Email Sending: Edit*. Else `token.file`, else the environment's"
                    + " `CLOUDFLARE_API_TOKEN`, else the Authenticator is asked. A password given to `connect` goes"
                    + " first; in alias mode last, since it is the SMTP server's."),
    TOKEN_FILE(
            "token.file",
            Type.TEXT,
            null,
            "File that holds the API token and nothing else. Read for every message, so a new token needs no restart."),
    ENDPOINT(
            "endpoint",
            Type.TEXT,
            "https://api.cloudflare.com/client/v4",
            "Where the API is. https, except to a loopback address. `mail.host` and the host given to `connect` are"
                    + " ignored: the token goes nowhere else."),
    CONNECTION_TIMEOUT(
            "connectiontimeout",
            Type.MILLISECONDS,
            "10000",
            "Milliseconds to open a connection (TCP and TLS each). 0 waits for ever."),
    TIMEOUT(
            "timeout",
            Type.MILLISECONDS,
            "60000",
            "Milliseconds to wait for each piece of the answer, and for a free connection. 0 waits for ever."),
    FROM(
            "from",
            Type.TEXT,
            null,
            "Envelope sender (reverse-path) for all messages. Else the message's first `From` address, else its"
                    + " `Sender`, else what the session knows: `mail.from`, or `mail.user` at `mail.host`."),
    REPORT_SUCCESS(
            "reportsuccess",
            Type.FLAG,
            "false",
            "`true` throws a `CloudflareSendFailedException` after success too, as `mail.smtp.reportsuccess` does."),
    SEND_PARTIAL(
            "sendpartial",
            Type.FLAG,
            "false",
            "`true` sends to the other recipients when some have addresses that cannot be sent to, as `mail.smtp.sendpartial`"
                    + " does; `SMTPMessage.setSendPartial(true)` asks for it, too. Else such an address stops the"
                    + " message for all."),
    LISTENER(
            "listener",
            Type.OBJECT,
            null,
            "A `SendListener` object, or the name of a class that has a public constructor without parameters."),
    MAX_CONNECTIONS(
            "maxconnections",
            Type.COUNT,
            "64",
            "Connections kept to the API, shared by all transports of equal settings."),
    RETRIES(
            "retries",
            Type.NUMBER,
            "2",
            "How many times a message is tried again of which nothing was sent: no connection, 429, 503 with error 10100, and 500 with"
                    + " error 10002. Never where it may have been sent."),
    DEADLINE(
            "deadline",
            Type.MILLISECONDS,
            "300000",
            "Milliseconds for one message, retries and the waits between them included; 0 disables the limit. Nothing begins"
                    + " after it. Only the answer to a request that has gone out is awaited longer, for `timeout` (60000"
                    + " where that is 0), so that its outcome is known."),
    VERIFY(
            "verify",
            Type.FLAG,
            "false",
            "`true` asks the API for the account's limits at `connect`, so that a wrong token or a closed network shows"
                    + " then and not with the first message. Costs one request for every transport."),
    STRIP(
            "strip",
            Type.NAMES,
            "Received, X-Received, Return-Path",
            "Header fields left out of the top of the message on the wire, since the service has been seen to refuse"
                    + " relayed mail that carries its trace. Parts and attached messages keep theirs. Empty: none."),
    REDIRECT(
            "redirect",
            Type.TEXT,
            null,
            "For staging: everything goes to this address instead, and `X-Flaremail-Intended-Recipients` on the wire"
                    + " says whom it was for."),
    GUARD(
            "guard",
            Type.TEXT,
            "certain",
            "What counts as the same message when the application sends it again after an exception, so that recipients"
                    + " who have it are not sent it twice. `certain`: the same object or the same Message-ID, with the"
                    + " same content. `content`: the same content. `off`: nothing. See"
                    + " [When your application retries](failures.md#when-your-application-retries)."),
    GUARD_WINDOW(
            "guard.window",
            Type.MILLISECONDS,
            "3600000",
            "Milliseconds for which an accepted recipient of a failed message is remembered. 0: not at all."),
    GUARD_UNKNOWN(
            "guard.unknown",
            Type.FLAG,
            "false",
            "`true` also holds back recipients who *may* have the message: a retry reports them as unknown again. By"
                    + " default a retry sends to them, as with SMTP."),
    SSL_TRUST(
            "ssl.trust",
            Type.TEXT,
            null,
            "Hosts whose certificate is not verified, separated by white space; `*` for all. Not for production."),
    SSL_CHECK_SERVER_IDENTITY(
            "ssl.checkserveridentity",
            Type.FLAG,
            "true",
            "Whether the certificate must be for the endpoint's host name."),
    SSL_PROTOCOLS("ssl.protocols", Type.TEXT, null, "The TLS protocols to enable, separated by white space."),
    SSL_CIPHER_SUITES("ssl.ciphersuites", Type.TEXT, null, "The cipher suites to enable, separated by white space."),
    SSL_SOCKET_FACTORY(
            "ssl.socketFactory",
            Type.OBJECT,
            null,
            "A `javax.net.ssl.SSLSocketFactory` object that makes the TLS sockets."),
    PROXY_HOST("proxy.host", Type.TEXT, null, "HTTP proxy to go through. None by default."),
    PROXY_PORT("proxy.port", Type.PORT, "80", "Its port."),
    PROXY_USER("proxy.user", Type.TEXT, null, "User name for the proxy, if it asks for one."),
    PROXY_PASSWORD("proxy.password", Type.TEXT, null, "Password for the proxy.");

    /** How a value is read. */
    enum Type {
        TEXT,
        MILLISECONDS,
        COUNT,
        NUMBER,
        PORT,
        FLAG,
        NAMES,
        OBJECT
    }

    /** What every key begins with; public for those who look for keys that are none of ours. */
    public static final String PREFIX = "mail.cloudflare.";

    /**
     * What an application that hard-codes another protocol may go on setting under that protocol's prefix: what says
     * something about its mail. Host, port, user and TLS settings belong to its mail server and never to the API.
     */
    private static final Set<String> INHERITED = new HashSet<>(Arrays.asList(
            "from",
            "timeout",
            "connectiontimeout",
            "reportsuccess",
            "sendpartial",
            "proxy.host",
            "proxy.port",
            "proxy.user",
            "proxy.password"));

    private final String name;
    private final Type type;
    private final String defaultValue;
    private final String meaning;

    CloudflareProperty(String name, Type type, String defaultValue, String meaning) {
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** The whole key, such as {@code mail.cloudflare.token}. */
    public String key() {
        return PREFIX + name;
    }

    /** The whole key under another protocol's prefix, such as {@code mail.smtp.cloudflare.token}. */
    String aliasKey(String protocol) {
        return "mail." + protocol + key().substring("mail".length());
    }

    /** What holds when the property is absent or empty, as it would be written; empty when nothing does. */
    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** What the property does, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The same setting under another protocol's prefix, such as {@code mail.smtp.timeout}; empty where it means another thing. */
    Optional<String> inheritedKey(String protocol) {
        return INHERITED.contains(name) ? Optional.of("mail." + protocol + "." + name) : Optional.empty();
    }

    Type type() {
        return type;
    }

    /** Reads {@code yes}, {@code no} and the like as Jakarta Mail does not: only true and false count. */
    static Optional<Boolean> flag(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        return word.equals("true") || word.equals("false") ? Optional.of(word.equals("true")) : Optional.empty();
    }
}
