package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands do alike: settings, a page, and failures turned into words and an exit code. */
abstract class Command implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "This text.")
    boolean help;

    @Override
    public final Integer call() {
        Main main = (Main) spec.root().userObject();
        Page page = main.page();
        try {
            return outcome(main, page);
        } catch (Throwable unexpected) {
            return failed(unexpected, page);
        }
    }

    private int outcome(Main main, Page page) {
        try {
            return run(new Settings(main.options, main.surroundings, main.secrets), page);
        } catch (Trouble trouble) {
            return Failures.tell(trouble, page);
        } catch (CloudflareApiException refused) {
            return Failures.tell(refused, page);
        } catch (UncheckedIOException wrapped) {
            return Failures.tell(wrapped.getCause(), page);
        } catch (IOException failed) {
            return Failures.tell(failed, page);
        } catch (LinkageError | ServiceConfigurationError broken) {
            return Failures.tell(Trouble.usage("the class path is not whole: " + broken), page);
        }
    }

    /** @return the exit code after what nobody expected, such as an OutOfMemoryError */
    int failed(Throwable unexpected, Page page) {
        return Failures.tell(unexpected, page);
    }

    /** @return the exit code */
    abstract int run(Settings settings, Page page) throws Trouble, IOException;

    /** Standard input and the like. */
    final Surroundings surroundings() {
        return ((Main) spec.root().userObject()).surroundings;
    }
}
