package io.flaremail.config;

import io.flaremail.text.WireAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A {@code mail.cloudflare.*} property: its key, parser, default and meaning. The constants are the only list of
 * properties; the table in docs/options.md is rendered from them.
 *
 * <p>Tests: ConfigurationTest, DocumentationTest.
 */
public final class CloudflareProperty<T> {
    /** The prefix of every key. */
    public static final String PREFIX = "mail.cloudflare.";

    private static final List<CloudflareProperty<?>> ALL = new ArrayList<>();

    public static final CloudflareProperty<String> ACCOUNT = new CloudflareProperty<>(
            "account",
            OptionParsers.ACCOUNT_ID,
            null,
            "Cloudflare account id, 32 hexadecimal characters. Default: the user name passed to "
                    + "`connect` or given by the Authenticator, if it has that form; else the environment "
                    + "variable `CLOUDFLARE_ACCOUNT_ID`.");
    public static final CloudflareProperty<String> TOKEN = new CloudflareProperty<>(
            "token",
            OptionParsers.TEXT,
            null,
            "API token with the permission *Email Sending: Edit*. Default: `token.file`, then the "
                    + "environment variable `CLOUDFLARE_API_TOKEN`, then the Authenticator's password. A "
                    + "password passed to `connect` takes precedence, except in alias mode, where it is the "
                    + "SMTP server's and comes last.");
    public static final CloudflareProperty<String> TOKEN_FILE = new CloudflareProperty<>(
            "token.file",
            OptionParsers.TEXT,
            null,
            "File that contains only the API token. Read for every message, so a new token needs no restart.");
    public static final CloudflareProperty<URI> ENDPOINT = new CloudflareProperty<>(
            "endpoint",
            OptionParsers.ENDPOINT,
            "https://api.cloudflare.com/client/v4",
            "Base URL of the API: https, or http on a loopback address. `mail.host` and the host passed "
                    + "to `connect` are ignored, so that the token is sent only here.");
    public static final CloudflareProperty<Duration> CONNECTION_TIMEOUT = new CloudflareProperty<>(
            "connectiontimeout",
            OptionParsers.MILLISECONDS,
            "10000",
            "Timeout for opening a connection, for TCP and TLS each, in milliseconds. 0 disables the timeout.");
    public static final CloudflareProperty<Duration> TIMEOUT = new CloudflareProperty<>(
            "timeout",
            OptionParsers.MILLISECONDS,
            "60000",
            "Timeout for each read of the answer, and for a free connection, in milliseconds. 0 disables "
                    + "the timeout.");
    public static final CloudflareProperty<String> FROM = new CloudflareProperty<>(
            "from",
            OptionParsers.ADDRESS,
            null,
            "Envelope sender (reverse-path) of all messages. Default: the first `From` address, then "
                    + "`Sender`, then the session's `mail.from`, or `mail.user` at `mail.host`.");
    public static final CloudflareProperty<Boolean> REPORT_SUCCESS = new CloudflareProperty<>(
            "reportsuccess",
            OptionParsers.FLAG,
            "false",
            "`true` throws a `CloudflareSendFailedException` after success too, like `mail.smtp.reportsuccess`.");
    public static final CloudflareProperty<Boolean> SEND_PARTIAL = new CloudflareProperty<>(
            "sendpartial",
            OptionParsers.FLAG,
            "false",
            "`true` sends to the other recipients if some addresses are invalid, like "
                    + "`mail.smtp.sendpartial` and `SMTPMessage.setSendPartial(true)`. Otherwise an invalid "
                    + "address stops the message for all.");
    public static final CloudflareProperty<Boolean> MESSAGE_ID = new CloudflareProperty<>(
            "messageid",
            OptionParsers.SERVICE_MESSAGE_ID,
            "own",
            "`service` writes the Message-ID that the service assigned into the message, once it was accepted for all.");
    public static final CloudflareProperty<String> MESSAGE_ID_STORE = new CloudflareProperty<>(
            "messageid.store",
            OptionParsers.TEXT,
            null,
            "Folder that remembers the message's own Message-ID, so that [bounces](events.md#bounces) can name it.");
    public static final CloudflareProperty<Object> LISTENER = new CloudflareProperty<>(
            "listener",
            OptionParsers.OBJECT,
            null,
            "A `SendListener`, or the name of a class with a public constructor without parameters.");
    public static final CloudflareProperty<Integer> MAX_CONNECTIONS = new CloudflareProperty<>(
            "maxconnections",
            OptionParsers.COUNT,
            "64",
            "Maximum number of connections to the API, shared by all transports with equal settings.");
    public static final CloudflareProperty<Integer> RETRIES = new CloudflareProperty<>(
            "retries",
            OptionParsers.NUMBER_FROM_0,
            "2",
            "Maximum retries, only for messages known not to have been sent: no connection, 429, 503 "
                    + "with error 10100, and 500 with error 10002.");
    public static final CloudflareProperty<Duration> DEADLINE = new CloudflareProperty<>(
            "deadline",
            OptionParsers.MILLISECONDS,
            "300000",
            "Time limit for one message in milliseconds, including retries and the waits between them; 0 "
                    + "disables it. No request begins after it. The answer to a request that was sent is "
                    + "awaited longer, for `timeout` (60000 if that is 0), so that its outcome is known.");
    public static final CloudflareProperty<Boolean> VERIFY = new CloudflareProperty<>(
            "verify",
            OptionParsers.FLAG,
            "false",
            "`true` checks the token and the network at `connect`, with one request per transport, "
                    + "instead of with the first message.");
    public static final CloudflareProperty<List<String>> STRIP = new CloudflareProperty<>(
            "strip",
            OptionParsers.FIELD_NAMES,
            "Received, X-Received, Return-Path",
            "Header fields removed from the top of the message on the wire, since the service has been "
                    + "seen to refuse relayed mail with trace fields. Parts and attached messages keep them. "
                    + "Empty removes none.");
    public static final CloudflareProperty<WireAddress> REDIRECT = new CloudflareProperty<>(
            "redirect",
            OptionParsers.WIRE_ADDRESS,
            null,
            "For staging: sends all mail to this address instead, with the intended recipients in "
                    + "`X-Flaremail-Intended-Recipients`.");
    public static final CloudflareProperty<GuardGrade> GUARD = new CloudflareProperty<>(
            "guard",
            OptionParsers.GUARD,
            "certain",
            "What counts as the same message if the application sends it again after an exception, so "
                    + "that recipients who have it do not get it twice. `certain`: the same object or the same "
                    + "Message-ID, with the same content. `content`: the same content. `off`: disabled. See "
                    + "[When your application retries](failures.md#when-your-application-retries).");
    public static final CloudflareProperty<Duration> GUARD_WINDOW = new CloudflareProperty<>(
            "guard.window",
            OptionParsers.MILLISECONDS,
            "3600000",
            "How long an accepted recipient of a failed message is remembered, in milliseconds. 0 disables it.");
    public static final CloudflareProperty<Boolean> GUARD_UNKNOWN = new CloudflareProperty<>(
            "guard.unknown",
            OptionParsers.FLAG,
            "false",
            "`true` also holds back recipients who *may* have the message: a retry reports them as "
                    + "unknown again. By default a retry sends to them, as with SMTP.");
    public static final CloudflareProperty<String> SSL_TRUST = new CloudflareProperty<>(
            "ssl.trust",
            OptionParsers.TEXT,
            null,
            "Hosts whose certificate is not verified, separated by white space; `*` for all. Not for production.");
    public static final CloudflareProperty<Boolean> SSL_CHECK_SERVER_IDENTITY = new CloudflareProperty<>(
            "ssl.checkserveridentity",
            OptionParsers.FLAG,
            "true",
            "Whether the certificate must match the endpoint's host name.");
    public static final CloudflareProperty<List<String>> SSL_PROTOCOLS = new CloudflareProperty<>(
            "ssl.protocols", OptionParsers.WORDS, null, "Enabled TLS protocols, separated by white space.");
    public static final CloudflareProperty<List<String>> SSL_CIPHER_SUITES = new CloudflareProperty<>(
            "ssl.ciphersuites", OptionParsers.WORDS, null, "Enabled cipher suites, separated by white space.");
    public static final CloudflareProperty<Object> SSL_SOCKET_FACTORY = new CloudflareProperty<>(
            "ssl.socketFactory", OptionParsers.OBJECT, null, "A `javax.net.ssl.SSLSocketFactory` for TLS connections.");
    public static final CloudflareProperty<String> PROXY_HOST =
            new CloudflareProperty<>("proxy.host", OptionParsers.TEXT, null, "Host of an HTTP proxy.");
    public static final CloudflareProperty<Integer> PROXY_PORT =
            new CloudflareProperty<>("proxy.port", OptionParsers.PORT, "80", "Port of the proxy.");
    public static final CloudflareProperty<String> PROXY_USER =
            new CloudflareProperty<>("proxy.user", OptionParsers.TEXT, null, "User name for the proxy.");
    public static final CloudflareProperty<String> PROXY_PASSWORD =
            new CloudflareProperty<>("proxy.password", OptionParsers.TEXT, null, "Password for the proxy.");

    /**
     * Names of properties that apply to mail over any protocol: in alias mode they are also read with the other
     * protocol's prefix. Host, port, user and TLS settings belong to a mail server and never apply to the API.
     */
    private static final String INHERITED =
            "from|timeout|connectiontimeout|reportsuccess|sendpartial|proxy\\.(host|port|user|password)";

    private final String name;
    private final OptionParser<T> parser;
    private final String defaultText;
    private final T defaultValue;
    private final String meaning;

    private CloudflareProperty(String name, OptionParser<T> parser, String defaultText, String meaning) {
        this.name = name;
        this.parser = parser;
        this.defaultText = defaultText;
        this.defaultValue = defaultText == null ? null : OptionParsers.parseDefault(parser, defaultText);
        this.meaning = meaning;
        ALL.add(this);
    }

    /** All properties, in the order of the documentation; never null. */
    public static List<CloudflareProperty<?>> values() {
        return Collections.unmodifiableList(ALL);
    }

    /** The key, such as {@code mail.cloudflare.token}. */
    public String key() {
        return PREFIX + name;
    }

    /** The whole key under another protocol's prefix, such as {@code mail.smtp.cloudflare.token}. */
    String aliasKey(String protocol) {
        return "mail." + protocol + key().substring("mail".length());
    }

    /** The same setting of another protocol, such as {@code mail.smtp.timeout}; empty if it differs there. */
    Optional<String> inheritedKey(String protocol) {
        return name.matches(INHERITED) ? Optional.of("mail." + protocol + "." + name) : Optional.empty();
    }

    /** The default as text; empty if there is none. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** The value that applies when the property is absent or empty; null if there is none. */
    public T defaultValue() {
        return defaultValue;
    }

    /** The meaning, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** A value for people, on one line; hidden if it is a secret or looks like a token. */
    String shown(Object value) {
        if (this == TOKEN || this == PROXY_PASSWORD) {
            return "(hidden)";
        }
        return parser == OptionParsers.OBJECT && !(value instanceof String)
                ? value.getClass().getName()
                : parser.shown(value.toString().trim());
    }

    OptionParser<T> parser() {
        return parser;
    }

    /** The key. */
    @Override
    public String toString() {
        return key();
    }
}
