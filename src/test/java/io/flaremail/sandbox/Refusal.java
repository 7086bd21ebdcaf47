package io.flaremail.sandbox;

/** Ends a request with one of the API's errors. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ApiError error;

    /** @param reason for the reader of the answer: it goes into {@code messages[]}, as the API's own explanations do */
    Refusal(ApiError error, String reason) {
        super(reason, null, false, false);
        this.error = error;
    }

    Answer answer() {
        return Answer.error(error.status(), error.code(), error.message(), getMessage());
    }
}
