package io.flaremail.cli;

/** Ends a command with a message for the user and an exit code. */
final class CliException extends Exception {
    private static final long serialVersionUID = 1L;

    final int exitCode;

    CliException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** With the message of the cause. */
    static CliException usage(Exception cause) {
        return usage(cause.getMessage(), cause);
    }

    static CliException usage(String message, Exception cause) {
        CliException failure = usage(message);
        failure.initCause(cause);
        return failure;
    }

    static CliException usage(String message) {
        return new CliException(ExitCode.USAGE, message);
    }
}
