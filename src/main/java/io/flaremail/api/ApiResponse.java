package io.flaremail.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.flaremail.http.Redaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The frame around every answer of the API: {@code {success, errors[], messages[], result}}. */
final class ApiResponse {
    /** The API gives one or two; a flood of them must not become an exception's text. */
    private static final int MOST_ERRORS = 20;

    /** Stands for the rest, so that nothing is concluded from the first ones alone. */
    private static final ApiError MORE_ERRORS = new ApiError(null, "and more errors", null, null);

    private final boolean success;
    private final List<ApiError> errors;
    private final JsonNode result;
    private final JsonNode resultInfo;
    private final Redaction redaction;

    private ApiResponse(JsonNode root, Redaction redaction) {
        this.redaction = redaction;
        this.success = root.path("success").booleanValue();
        this.errors = errors(root.path("errors"));
        this.result = root.path("result");
        this.resultInfo = root.path("result_info");
    }

    /**
     * Reads an answer.
     *
     * @return empty when it is not JSON or not an envelope: a proxy's page, a cut answer, nothing at all
     */
    static Optional<ApiResponse> parse(byte[] body, Redaction redaction) {
        try {
            JsonNode root = Json.read(body);
            if (root == null || !root.path("success").isBoolean()) {
                return Optional.empty();
            }
            return Optional.of(new ApiResponse(root, redaction));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    boolean isSuccess() {
        return success;
    }

    List<ApiError> errors() {
        return errors;
    }

    /** The result, as it is; a missing node where there is none. */
    JsonNode result() {
        return result;
    }

    /** What the API says of paging; a missing node where it says nothing. */
    JsonNode resultInfo() {
        return resultInfo;
    }

    /** Whether there is a result, be it of any shape; a failure has none. */
    boolean hasResult() {
        return !result.isMissingNode() && !result.isNull();
    }

    boolean isObject() {
        return result.isObject();
    }

    /** Whether the result is a list; none is an empty one. */
    boolean isList() {
        return result.isArray() || !hasResult();
    }

    /** The objects in the result, when it is a list. */
    List<JsonNode> objects() {
        return Json.objects(result);
    }

    /**
     * The result of a send.
     *
     * @return empty when it has another shape than documented, so that nobody can say what became of whom
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
        String id = result.path("message_id").isTextual()
                ? redaction.clean(result.path("message_id").textValue())
                : null;
        return Optional.of(new SendResult(id, delivered.get(), queued.get(), bounced.get(), suppressed.get()));
    }

    private Optional<List<String>> addresses(String name) {
        JsonNode list = result.path(name);
        List<String> addresses = new ArrayList<>();
        if (list.isMissingNode() || list.isNull()) {
            return Optional.of(addresses);
        }
        for (JsonNode address : list) {
            if (!address.isTextual()) {
                return Optional.empty();
            }
            addresses.add(redaction.clean(address.textValue()));
        }
        return list.isArray() ? Optional.of(addresses) : Optional.empty();
    }

    private List<ApiError> errors(JsonNode list) {
        List<ApiError> errors = new ArrayList<>();
        for (JsonNode error : list) {
            if (errors.size() == MOST_ERRORS) {
                errors.add(MORE_ERRORS);
                break;
            }
            if (error.isObject()) {
                errors.add(error(error));
            } else if (error.isTextual()) {
                errors.add(new ApiError(null, redaction.clean(error.textValue()), null, null));
            }
        }
        return errors;
    }

    private ApiError error(JsonNode error) {
        return new ApiError(
                Json.text(error, "code").map(redaction::clean).orElse(null),
                redaction.clean(error.path("message").asText("")),
                Json.text(error, "documentation_url").map(redaction::clean).orElse(null),
                Json.text(error.path("source"), "pointer").map(redaction::clean).orElse(null));
    }
}
