package io.flaremail.cli;

/** A reason to stop, in words for the person at the keyboard; the exit code goes with it. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    final int exitCode;

    Trouble(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static Trouble usage(String message) {
        return new Trouble(ExitCode.USAGE, message);
    }
}
