package io.flaremail.sandbox;

/** The database failed, as on a full disk: the sandbox has to be restarted. */
final class DatabaseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
