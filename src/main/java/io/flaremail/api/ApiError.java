package io.flaremail.api;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of {@code errors[]} in an answer of the API.
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
     * The error's code, empty when the API gave none. Text because the API's own description types it as a string in
     * some places and a number in others.
     */
    public Optional<String> getCode() {
        return Optional.ofNullable(code);
    }

    /** What the API says went wrong, such as {@code email.sending.error.email.too_big}; never null, perhaps empty. */
    public String getMessage() {
        return message;
    }

    /** Where the API explains the error. */
    public Optional<String> getDocumentationUrl() {
        return Optional.ofNullable(documentationUrl);
    }

    /** Which part of the request the error is about, as a JSON pointer. */
    public Optional<String> getSourcePointer() {
        return Optional.ofNullable(sourcePointer);
    }

    /**
     * Whether this is the named error: by the end of the message first, since codes have been swapped in older
     * documents, and by the code only where there is no message.
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
