package io.flaremail.api;

import io.flaremail.config.CloudflareProperty;
import java.util.List;
import java.util.Optional;

/**
 * The advice for people on API errors, in one table. The first matching row counts: by the end of the error's message
 * or its code, otherwise by the HTTP status.
 *
 * <p>Tests: ErrorAdviceTest.
 */
public enum ErrorAdvice {
    INVALID_REQUEST("invalid_request_schema", "The API does not accept one of the values. Check the addresses."),
    TOO_BIG("too_big", "The service takes messages up to 5 MiB, attachments encoded."),
    INVALID_MESSAGE(
            "email.invalid",
            "The service does not take this message's form, such as one with the trace fields of a relay."),
    UNAUTHORIZED("unauthorized", "Check the API token."),
    BAD_TOKEN_TYPE("bad_token_type", "Use an API token, not an API key."),
    FORBIDDEN(
            "forbidden",
            "Give the token the permission Email Sending: Edit, for events Queues: Edit, for this account."),
    NOT_ENTITLED("not_entitled", "The account's plan does not include Email Sending."),
    SENDING_DISABLED(
            "sending_disabled",
            "Enable sending for the sender's domain; a newly onboarded domain needs up to two minutes.",
            "flaremail subdomains create NAME"),
    SENDER_NOT_CONFIGURED(
            "sender_not_configured",
            "Onboard the sender's domain, exactly as written after the @.",
            "flaremail subdomains create NAME"),
    READ_ONLY_SUPPRESSION(
            "suppression.read_only", "Cloudflare itself suppressed the address; the entry cannot be changed."),
    THROTTLED("throttled", "Send more slowly, or later."),
    SERVER_ERROR("internal_server", "Try again later."),
    UPSTREAM_ERROR("upstream", "Try again later."),
    FOREIGN_MX(2008, "Remove the MX record of the other service first."),
    SEVERAL_SPF(2026, "Remove all SPF records but one first."),
    SEVERAL_DMARC(2027, "Remove all DMARC records but one first."),
    NOT_ONBOARDED(2033, "Onboard the domain first."),
    ALREADY_EXISTS(2040, "It may already exist.", "flaremail subdomains list"),
    LOCKED(2043, "An administrator of the account has locked it."),
    UNREACHABLE(0, 0, "Check the network, the proxy and {endpoint}."),
    REDIRECTED(300, 399, "Redirects are not followed. Check {endpoint}."),
    STATUS_UNAUTHORIZED(401, 401, "Check the API token."),
    STATUS_FORBIDDEN(
            403,
            403,
            "Give the token the permission Email Sending: Edit, for events Queues: Edit, for this account and zone."),
    NOT_FOUND(404, 404, "Check {endpoint} and {account}."),
    PROXY_AUTHENTICATION(407, 407, "The proxy requires {proxy.user} and {proxy.password}."),
    TOO_MANY_REQUESTS(429, 429, "Try again later.");

    /** Null in rows for a code or status. */
    private final String messageSuffix;

    /** Null in rows for a message or status. */
    private final String code;

    private final int fromStatus;
    private final int toStatus;
    private final String text;

    /** Null for none. */
    private final String command;

    ErrorAdvice(String messageSuffix, String text) {
        this(messageSuffix, null, -1, -1, text, null);
    }

    ErrorAdvice(String messageSuffix, String text, String command) {
        this(messageSuffix, null, -1, -1, text, command);
    }

    ErrorAdvice(int code, String text) {
        this(null, "" + code, -1, -1, text, null);
    }

    ErrorAdvice(int code, String text, String command) {
        this(null, "" + code, -1, -1, text, command);
    }

    ErrorAdvice(int fromStatus, int toStatus, String text) {
        this(null, null, fromStatus, toStatus, text, null);
    }

    ErrorAdvice(String messageSuffix, String code, int fromStatus, int toStatus, String text, String command) {
        this.messageSuffix = messageSuffix;
        this.code = code;
        this.fromStatus = fromStatus;
        this.toStatus = toStatus;
        this.text = text;
        this.command = command;
    }

    /**
     * The advice on a response; empty if no row matches.
     *
     * @param status the HTTP status, or 0 if there was no response
     */
    public static Optional<ErrorAdvice> of(int status, List<ApiError> errors) {
        for (ApiError error : errors) {
            for (ErrorAdvice row : values()) {
                if (row.fits(error)) {
                    return Optional.of(row);
                }
            }
        }
        for (ErrorAdvice row : values()) {
            if (status >= row.fromStatus && status <= row.toStatus) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private boolean fits(ApiError error) {
        return messageSuffix != null && error.getMessage().endsWith(messageSuffix)
                || code != null && code.equals(error.getCode().orElse(null));
    }

    /** The advice, with the names of session properties. */
    public String text() {
        return text.replaceAll("\\{([a-z.]+)}", CloudflareProperty.PREFIX + "$1");
    }

    /** The advice for the command line, with its options and commands. */
    public String commandLineText() {
        String options = text.replace("{endpoint}", "--endpoint")
                .replace("{account}", "the ids")
                .replaceAll("\\{([a-z.]+)}", CloudflareProperty.PREFIX + "$1");
        return command == null ? options : options + " Run: " + command;
    }
}
