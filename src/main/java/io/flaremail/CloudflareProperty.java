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
            "Cloudflare account id, 32 hexadecimal characters. Default: the user name passed to `connect` or "
                    + "given by the Authenticator, if it has that form; else the environment variable "
                    + "`CLOUDFLARE_ACCOUNT_ID`."),
    TOKEN(
            "token",
            Type.TEXT,
            null,
            "API token with the permission *Email Sending: Edit*. Default: `token.file`, then the "
                    + "environment variable `CLOUDFLARE_API_TOKEN`, then the Authenticator's password. A password "
                    + "passed to `connect` takes precedence, except in alias mode, where it is the SMTP server's and "
                    + "comes last."),
    TOKEN_FILE(
            "token.file",
            Type.TEXT,
            null,
            "File that contains only the API token. Read for every message, so a new token needs no restart."),
    ENDPOINT(
            "endpoint",
            Type.TEXT,
            "https://api.cloudflare.com/client/v4",
            "Base URL of the API: https, or http on a loopback address. `mail.host` and the host passed to "
                    + "`connect` are ignored, so that the token is sent only here."),
    CONNECTION_TIMEOUT(
            "connectiontimeout",
            Type.MILLISECONDS,
            "10000",
            "Timeout for opening a connection, for TCP and TLS each, in milliseconds. 0 disables the timeout."),
    TIMEOUT(
            "timeout",
            Type.MILLISECONDS,
            "60000",
            "Timeout for each read of the answer, and for a free connection, in milliseconds. 0 disables the "
                    + "timeout."),
    FROM(
            "from",
            Type.TEXT,
            null,
            "Envelope sender (reverse-path) of all messages. Default: the first `From` address, then "
                    + "`Sender`, then the session's `mail.from`, or `mail.user` at `mail.host`."),
    REPORT_SUCCESS(
            "reportsuccess",
            Type.FLAG,
            "false",
            "`true` throws a `CloudflareSendFailedException` after success too, like `mail.smtp.reportsuccess`."),
    SEND_PARTIAL(
            "sendpartial",
            Type.FLAG,
            "false",
            "`true` sends to the other recipients if some addresses are invalid, like "
                    + "`mail.smtp.sendpartial` and `SMTPMessage.setSendPartial(true)`. Otherwise an invalid address "
                    + "stops the message for all."),
    LISTENER(
            "listener",
            Type.OBJECT,
            null,
            "A `SendListener`, or the name of a class with a public constructor without parameters."),
    MAX_CONNECTIONS(
            "maxconnections",
            Type.COUNT,
            "64",
            "Maximum number of connections to the API, shared by all transports with equal settings."),
    RETRIES(
            "retries",
            Type.NUMBER,
            "2",
            "Maximum retries, only for messages known not to have been sent: no connection, 429, 503 with "
                    + "error 10100, and 500 with error 10002."),
    DEADLINE(
            "deadline",
            Type.MILLISECONDS,
            "300000",
            "Time limit for one message in milliseconds, including retries and the waits between them; 0 "
                    + "disables it. No request begins after it. The answer to a request that was sent is awaited "
                    + "longer, for `timeout` (60000 if that is 0), so that its outcome is known."),
    VERIFY(
            "verify",
            Type.FLAG,
            "false",
            "`true` checks the token and the network at `connect`, with one request per transport, instead "
                    + "of with the first message."),
    STRIP(
            "strip",
            Type.NAMES,
            "Received, X-Received, Return-Path",
            "Header fields removed from the top of the message on the wire, since the service has been seen "
                    + "to refuse relayed mail with trace fields. Parts and attached messages keep them. Empty removes "
                    + "none."),
    REDIRECT(
            "redirect",
            Type.TEXT,
            null,
            "For staging: sends all mail to this address instead, with the intended recipients in "
                    + "`X-Flaremail-Intended-Recipients`."),
    GUARD(
            "guard",
            Type.TEXT,
            "certain",
            "What counts as the same message if the application sends it again after an exception, so that "
                    + "recipients who have it do not get it twice. `certain`: the same object or the same Message-ID, "
                    + "with the same content. `content`: the same content. `off`: disabled. See [When your application "
                    + "retries](failures.md#when-your-application-retries)."),
    GUARD_WINDOW(
            "guard.window",
            Type.MILLISECONDS,
            "3600000",
            "How long an accepted recipient of a failed message is remembered, in milliseconds. 0 disables it."),
    GUARD_UNKNOWN(
            "guard.unknown",
            Type.FLAG,
            "false",
            "`true` also holds back recipients who *may* have the message: a retry reports them as unknown "
                    + "again. By default a retry sends to them, as with SMTP."),
    SSL_TRUST(
            "ssl.trust",
            Type.TEXT,
            null,
            "Hosts whose certificate is not verified, separated by white space; `*` for all. Not for production."),
    SSL_CHECK_SERVER_IDENTITY(
            "ssl.checkserveridentity",
            Type.FLAG,
            "true",
            "Whether the certificate must match the endpoint's host name."),
    SSL_PROTOCOLS("ssl.protocols", Type.TEXT, null, "Enabled TLS protocols, separated by white space."),
    SSL_CIPHER_SUITES("ssl.ciphersuites", Type.TEXT, null, "Enabled cipher suites, separated by white space."),
    SSL_SOCKET_FACTORY(
            "ssl.socketFactory", Type.OBJECT, null, "A `javax.net.ssl.SSLSocketFactory` for TLS connections."),
    PROXY_HOST("proxy.host", Type.TEXT, null, "Host of an HTTP proxy."),
    PROXY_PORT("proxy.port", Type.PORT, "80", "Port of the proxy."),
    PROXY_USER("proxy.user", Type.TEXT, null, "User name for the proxy."),
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
