package io.flaremail.sandbox;

/** Ends a request with one of the API's errors. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ApiError error;
    private final String pointer;

    /** @param reason for the reader of the answer: it goes into {@code messages[]}, as the API's own explanations do */
    Refusal(ApiError error, String reason) {
        this(error, reason, null);
    }

    /** @param pointer the field of the request that is to blame, as a JSON pointer; null when there is none */
    Refusal(ApiError error, String reason, String pointer) {
        super(reason, null, false, false);
        this.error = error;
        this.pointer = pointer;
    }

    Answer answer() {
        return Answer.error(error, pointer, getMessage());
    }
}
