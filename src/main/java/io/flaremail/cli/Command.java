package io.flaremail.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The frame of every command: settings, a page, and failures told and turned into an exit code. */
abstract class Command implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public final Integer call() {
        Main main = (Main) spec.root().userObject();
        Page page = main.page();
        try {
            ApiLog log = new ApiLog(page, main.options.debug, main.process.time);
            Settings settings = new Settings(main.options, main.process, main.secrets, log);
            require(settings);
            return run(settings, page);
        } catch (Throwable e) {
            return failed(e, page);
        }
    }

    /** @return the exit code after any failure */
    int failed(Throwable failure, Page page) {
        return Failures.tell(failure, page);
    }

    /** What a command needs before it begins. */
    void require(Settings settings) throws CliException {
        settings.requireResolved();
    }

    /** @return the exit code */
    abstract int run(Settings settings, Page page) throws CliException, IOException;

    /** Standard input and the like. */
    final ProcessEnvironment process() {
        return ((Main) spec.root().userObject()).process;
    }
}
