package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** What a strict sandbox does to the requests and refusals of all endpoints. */
record StrictRequests(boolean checksMediaType, boolean codesAreText) {
    static final StrictRequests NONE = new StrictRequests(false, false);

    static StrictRequests of(Settings settings) {
        return new StrictRequests(
                settings.isStrict(CommonBehavior.MEDIA_TYPE), settings.isStrict(CommonBehavior.CODE_TYPE));
    }

    void requireMediaType(Call call) {
        String type = call.header("Content-Type");
        boolean json = type != null
                && type.split(";")[0].trim().toLowerCase(Locale.ROOT).equals("application/json");
        if (checksMediaType && call.body().length > 0 && !json) {
            throw JsonBody.invalid("Content-Type: expected application/json, got " + type);
        }
    }

    Answer answer(Refusal refusal) {
        Answer answer = refusal.answer();
        boolean text = codesAreText && (answer.status() == 400 || answer.status() == 403);
        return text ? answer.withJson(StrictRequests::codeAsText) : answer;
    }

    private static void codeAsText(ObjectNode envelope) {
        envelope.path("errors")
                .forEach(error ->
                        ((ObjectNode) error).put("code", error.path("code").asText()));
    }
}
