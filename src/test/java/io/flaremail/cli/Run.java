package io.flaremail.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of the command line: what goes in, and what came out. */
final class Run {
    private static final OutputStream CLOSED = new OutputStream() {
        @Override
        public void write(int one) throws IOException {
            throw new IOException("nobody reads this");
        }
    };

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> args;
    private InputStream in = InputStream.nullInputStream();
    private boolean terminal;
    private boolean closed;
    private boolean pipe;
    private Error failure;
    private ProcessEnvironment.Time time;
    String out;
    String err;
    int exit;

    private Run(List<String> args) {
        this.args = new ArrayList<>(args);
    }

    static Run of(String... args) {
        return new Run(Arrays.asList(args));
    }

    Run with(String... more) {
        args.addAll(Arrays.asList(more));
        return this;
    }

    Run instead(String option, String value) {
        args.set(args.indexOf(option) + 1, value);
        return this;
    }

    Run environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Run in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    Run in(byte[] bytes) {
        return in(new ByteArrayInputStream(bytes));
    }

    Run in(InputStream stream) {
        in = stream;
        return this;
    }

    /** Another clock than the system's. */
    Run time(ProcessEnvironment.Time other) {
        time = other;
        return this;
    }

    /** The first that is printed comes to this. */
    Run failing(Error error) {
        failure = error;
        return this;
    }

    /** Nobody reads what is printed. */
    Run closed() {
        closed = true;
        return this;
    }

    /** Standard output goes to another process. */
    Run piped() {
        pipe = true;
        return this;
    }

    Run onTerminal() {
        terminal = true;
        return this;
    }

    Run go() {
        ByteArrayOutputStream standard = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        try (PrintStream first =
                        new PrintStream(closed ? CLOSED : failingOnce(standard), false, StandardCharsets.UTF_8);
                PrintStream second = new PrintStream(error, false, StandardCharsets.UTF_8)) {
            ProcessEnvironment process = new ProcessEnvironment(in, first, second, environment::get, terminal);
            ProcessEnvironment timed = new ProcessEnvironment(
                    in, first, second, environment::get, terminal, pipe, time == null ? process.time : time);
            exit = Main.run(args.toArray(String[]::new), timed);
        }
        out = standard.toString(StandardCharsets.UTF_8);
        err = error.toString(StandardCharsets.UTF_8);
        return this;
    }

    private OutputStream failingOnce(OutputStream stream) {
        return new FilterOutputStream(stream) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (failure != null) {
                    Error first = failure;
                    failure = null;
                    throw first;
                }
                out.write(bytes, offset, length);
            }
        };
    }

    /** All that anybody could have seen. */
    String everything() {
        return out + (err.isEmpty() ? "" : "--- standard error\n" + err) + "--- exit code " + exit + "\n";
    }
}
