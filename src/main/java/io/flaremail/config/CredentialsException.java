package io.flaremail.config;

/** The API token or the account id is missing or cannot be used. Never contains the token. */
public final class CredentialsException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the credentials. */
    public enum Problem {
        /** No source has a token. */
        NO_TOKEN,
        /** The token file cannot be read. */
        UNREADABLE_TOKEN_FILE,
        /** A source has a value that cannot be a token. */
        MALFORMED_TOKEN,
        /** No source has an account id. */
        NO_ACCOUNT
    }

    private final Problem problem;

    CredentialsException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public Problem getProblem() {
        return problem;
    }
}
