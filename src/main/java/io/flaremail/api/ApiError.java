package io.flaremail.api;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of {@code errors[]} in an API response. Immutable.
 *
 * @see <a href="https://developers.cloudflare.com/fundamentals/api/">Cloudflare API: making calls, errors</a>
 */
public final class ApiError implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String message;
    private final String documentationUrl;
    private final String sourcePointer;

    ApiError(String code, String message, String documentationUrl, String sourcePointer) {
        this.code = code;
        this.message = message;
        this.documentationUrl = documentationUrl;
        this.sourcePointer = sourcePointer;
    }

    /**
     * The error's code; empty if the API gave none. A string, because the API's documentation has strings in some
     * places and numbers in others.
     */
    public Optional<String> getCode() {
        return Optional.ofNullable(code);
    }

    /** The API's message, such as {@code email.sending.error.email.too_big}; never null, may be empty. */
    public String getMessage() {
        return message;
    }

    /** The URL of the API's documentation for the error. */
    public Optional<String> getDocumentationUrl() {
        return Optional.ofNullable(documentationUrl);
    }

    /** The JSON pointer to the part of the request that caused the error. */
    public Optional<String> getSourcePointer() {
        return Optional.ofNullable(sourcePointer);
    }

    /**
     * Whether this is the given error. Compares the end of the message, since codes were swapped in older
     * documentation, and the code only if there is no message.
     */
    boolean is(String messageSuffix, String numericCode) {
        return message.isEmpty() ? numericCode.equals(code) : message.endsWith(messageSuffix);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApiError
                && Objects.equals(code, ((ApiError) other).code)
                && message.equals(((ApiError) other).message);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, message);
    }

    @Override
    public String toString() {
        return code == null ? message : message.isEmpty() ? code : code + " " + message;
    }
}
