package io.flaremail.sandbox;

import static io.flaremail.sandbox.Fact.assumed;
import static io.flaremail.sandbox.Fact.documented;
import static io.flaremail.sandbox.Fact.ofSandbox;
import static io.flaremail.sandbox.Fact.seen;

/** All requests. */
enum CommonBehavior implements Behavior {
    TOKEN(documented("A request needs the token: `Authorization: Bearer ...`.").refusing(ApiError.UNAUTHORIZED)),
    TOKEN_TYPE(documented("Another scheme than `Bearer` is refused.").refusing(ApiError.BAD_TOKEN_TYPE)),
    API_KEY(
            documented(
                    "The legacy `X-Auth-Key`, with an `X-Auth-Email`, replaces the token. The sandbox's is `api_key` in its ready line.")),
    OTHER_ACCOUNT(documented("A token is for one account and its zones; others are refused.")
            .refusing(ApiError.FORBIDDEN)),
    ENVELOPE(
            documented("An answer has `success`, `errors`, `messages` and `result`. If it is an error, `result` is null"
                    + " and `messages` has strings.")),
    CODE_TYPE(seen("The `code` of an error is a number.")
            .strict("It is a string in answers with status 400 and 403, as in the OpenAPI description.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA, ApiError.FORBIDDEN)),
    RAY(documented("Every answer has a `cf-ray` header.")),
    UNKNOWN_PATH(seen("An unknown path is refused with code 7003.").refusing(ApiError.NO_ROUTE)),
    UNKNOWN_METHOD(seen("A method that a path does not have is refused with code 7001.")
            .refusing(ApiError.METHOD_NOT_ALLOWED)),
    UNKNOWN_PARAMETER(assumed("A query parameter that is not documented, or that is there twice, is refused.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    JSON_BODY(assumed("A body must be one JSON object in valid UTF-8, without a field that is there twice.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    MEDIA_TYPE(assumed("The `Content-Type` of a request is not checked.")
            .strict("A body must be `application/json`.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    FAILURES(documented("Errors of the service itself mean that no mail was sent. The sandbox has them as faults only.")
            .refusing(ApiError.INTERNAL_SERVER, ApiError.NOT_IMPLEMENTED, ApiError.AUTHENTICATION_UPSTREAM)),
    HOST(ofSandbox("A request for another host than 127.0.0.1 or localhost is refused.")
            .refusing(ApiError.MISDIRECTED));

    private final Fact fact;

    CommonBehavior(Fact fact) {
        this.fact = fact;
    }

    @Override
    public Fact fact() {
        return fact;
    }
}
