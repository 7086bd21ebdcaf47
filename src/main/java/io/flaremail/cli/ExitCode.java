package io.flaremail.cli;

/** The exit codes; {@code --help} and docs/cli.md list them. */
final class ExitCode {
    /** Success; for {@code doctor} and {@code status}: no problem found. */
    static final int OK = 0;

    /** A problem was found, or Cloudflare refused the request. */
    static final int WRONG = 1;

    /** Invalid command line, setting or file. No request was made. */
    static final int USAGE = 2;

    /** Cloudflare was not reached, or its response was unusable. */
    static final int UNREACHABLE = 3;

    /** {@code send} only: the message may have been sent. */
    static final int MAY_BE_SENT = 4;

    /** Success, but the output could not be written, unless its reader ended early. Distinct from 1 to 3, which mean that a message was not sent. */
    static final int UNWRITTEN = 5;

    /** Interrupted; the code that shells use after Ctrl-C. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
