package io.flaremail.api;

import io.flaremail.http.Redaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The envelope of every API response: {@code {success, errors[], messages[], result}}.
 *
 * <p>Tests: VerdictTest, ModelTest.
 */
final class ApiResponse {
    /** The API sends one or two. The limit keeps exception messages short. */
    private static final int MOST_ERRORS = 20;

    /** Represents the rest, so that the first ones alone do not decide. */
    private static final ApiError MORE_ERRORS = new ApiError(null, "and more errors", null, null);

    private final boolean success;
    private final List<ApiError> errors;
    private final JsonValue messages;
    private final JsonValue result;
    private final JsonValue resultInfo;
    private final Redaction redaction;

    private ApiResponse(JsonValue root, Redaction redaction) {
        this.redaction = redaction;
        this.success = root.flag("success").orElse(false);
        this.errors = errors(root.get("errors"));
        this.messages = root.get("messages");
        this.result = root.get("result");
        this.resultInfo = root.get("result_info");
    }

    /**
     * Parses a response body.
     *
     * @return empty if it is not a JSON envelope, such as a proxy's page, a truncated or an empty response
     */
    static Optional<ApiResponse> parse(byte[] body, Redaction redaction) {
        try {
            JsonValue root = Json.read(body);
            return root.flag("success").isPresent() ? Optional.of(new ApiResponse(root, redaction)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isSuccess() {
        return success;
    }

    List<ApiError> errors() {
        return errors;
    }

    /** The texts of {@code messages[]}, which have the form of errors; never null. */
    List<String> messages() {
        return errors(messages).stream().map(ApiError::getMessage).collect(Collectors.toList());
    }

    /** The result, of any shape; {@link JsonValue#NONE} if there is none. */
    JsonValue result() {
        return result;
    }

    /** The paging information; {@link JsonValue#NONE} if there is none. */
    JsonValue resultInfo() {
        return resultInfo;
    }

    /** Whether there is a result, of any shape. A failure has none. */
    boolean hasResult() {
        return !result.isNone();
    }

    boolean isObject() {
        return result.isObject();
    }

    /** Whether the result is a list. No result counts as an empty list. */
    boolean isList() {
        return result.isList() || !hasResult();
    }

    /** The objects in the result; empty if it is not a list. */
    List<JsonValue> objects() {
        return result.objects();
    }

    /**
     * The result of a send.
     *
     * @return empty if its shape is not the documented one, so that the recipients' outcomes are unknown
     */
    Optional<SendResult> sendResult() {
        if (!hasResult()) {
            return Optional.of(
                    new SendResult(null, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        }
        Optional<List<String>> delivered = addresses("delivered");
        Optional<List<String>> queued = addresses("queued");
        Optional<List<String>> bounced = addresses("permanent_bounces");
        Optional<List<String>> suppressed = addresses("suppressed_recipients");
        if (!result.isObject()
                || !delivered.isPresent()
                || !queued.isPresent()
                || !bounced.isPresent()
                || !suppressed.isPresent()) {
            return Optional.empty();
        }
        String id = result.get("message_id").string().map(redaction::clean).orElse(null);
        return Optional.of(new SendResult(id, delivered.get(), queued.get(), bounced.get(), suppressed.get()));
    }

    private Optional<List<String>> addresses(String name) {
        JsonValue list = result.get(name);
        List<String> addresses = new ArrayList<>();
        for (JsonValue address : list.elements()) {
            if (!address.string().isPresent()) {
                return Optional.empty();
            }
            addresses.add(redaction.clean(address.string().get()));
        }
        return list.isList() || list.isNone() ? Optional.of(addresses) : Optional.empty();
    }

    private List<ApiError> errors(JsonValue list) {
        List<ApiError> errors = new ArrayList<>();
        for (JsonValue error : list.elements()) {
            if (errors.size() == MOST_ERRORS) {
                errors.add(MORE_ERRORS);
                break;
            }
            if (error.isObject()) {
                errors.add(error(error));
            }
            error.string().ifPresent(text -> errors.add(new ApiError(null, redaction.clean(text), null, null)));
        }
        return errors;
    }

    private ApiError error(JsonValue error) {
        return new ApiError(
                error.text("code").map(redaction::clean).orElse(null),
                redaction.clean(error.text("message").orElse("")),
                error.text("documentation_url").map(redaction::clean).orElse(null),
                error.get("source").text("pointer").map(redaction::clean).orElse(null));
    }
}
