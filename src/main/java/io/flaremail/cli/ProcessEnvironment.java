package io.flaremail.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** What a process gets from its system: streams, variables, a terminal and time. Tests have their own. */
final class ProcessEnvironment {
    private static final int S_IFMT = 0xF000;
    private static final int S_IFIFO = 0x1000;
    private static final int S_IFSOCK = 0xC000;

    final InputStream in;
    final PrintStream out;
    final PrintStream err;

    /** A variable's value, or null. */
    final UnaryOperator<String> environment;

    /** Whether input and output are a terminal. */
    final boolean terminal;

    final Time time;

    /** Whether the reader of standard output may end before this process, as {@code head} does. */
    final boolean outIsPipe;

    /** Clocks and waiting. */
    interface Time {
        /** A monotonic clock, in nanoseconds. */
        long nanoTime();

        /** The time of day on this machine. */
        default Instant now() {
            return Instant.now();
        }

        /** @return false when interrupted */
        boolean sleep(Duration duration);
    }

    ProcessEnvironment(
            InputStream in, PrintStream out, PrintStream err, UnaryOperator<String> environment, boolean terminal) {
        this(in, out, err, environment, terminal, false, new SystemTime());
    }

    ProcessEnvironment(
            InputStream in,
            PrintStream out,
            PrintStream err,
            UnaryOperator<String> environment,
            boolean terminal,
            boolean outIsPipe,
            Time time) {
        this.outIsPipe = outIsPipe;
        this.time = time;
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.terminal = terminal;
    }

    private static final class SystemTime implements Time {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean sleep(Duration duration) {
            try {
                TimeUnit.NANOSECONDS.sleep(duration.toNanos());
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    static ProcessEnvironment current() {
        return new ProcessEnvironment(
                System.in, System.out, System.err, System::getenv, isTerminal(), isPipe(), new SystemTime());
    }

    /** The type of standard output, from stat(2). False where there is no such thing, as on Windows. */
    private static boolean isPipe() {
        try {
            int type = (Integer) Files.getAttribute(Paths.get("/dev/fd/1"), "unix:mode") & S_IFMT;
            return type == S_IFIFO || type == S_IFSOCK;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** From Java 22 on there is a Console without a terminal, too, and a method that tells. */
    private static boolean isTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return true; // an older Java
        }
    }

    /** Whether a line can be rewritten. */
    boolean movesTheCursor() {
        return terminal && !"dumb".equals(environment.apply("TERM"));
    }

    /** On a terminal, unless the user opted out: https://no-color.org. */
    boolean wantsColours() {
        return movesTheCursor() && !isSet("NO_COLOR");
    }

    /** The number of columns, which the launcher takes from the terminal. */
    int width() {
        String columns = environment.apply("COLUMNS");
        return columns != null && columns.matches("[1-9]\\d{1,3}") ? Math.max(40, Integer.parseInt(columns)) : 80;
    }

    private boolean isSet(String variable) {
        String value = environment.apply(variable);
        return value != null && !value.isEmpty();
    }
}
