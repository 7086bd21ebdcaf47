package io.flaremail.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** Prints the output of libraries: whole lines, without secrets and control characters. */
final class CleanLines extends OutputStream {
    private final PrintStream to;
    private final Secrets secrets;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private CleanLines(PrintStream to, Secrets secrets) {
        this.to = to;
        this.secrets = secrets;
    }

    static PrintStream to(PrintStream to, Secrets secrets) {
        return new PrintStream(new CleanLines(to, secrets), true);
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            // Written by a PrintStream of the runtime's own charset, too.
            to.println(secrets.clean(line.toString().replace("\t", "    ").replaceAll("\r$", "")));
            line.reset();
        } else {
            line.write(b);
        }
    }
}
