package io.flaremail.cli;

/** A reason to stop, in words for the person at the keyboard; the exit code goes with it. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    final int exitCode;

    Trouble(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The cause's own message tells what to do. */
    static Trouble usage(Exception cause) {
        return usage(cause.getMessage(), cause);
    }

    static Trouble usage(String message, Exception cause) {
        Trouble trouble = usage(message);
        trouble.initCause(cause);
        return trouble;
    }

    static Trouble usage(String message) {
        return new Trouble(ExitCode.USAGE, message);
    }
}
