package io.flaremail.cli;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.InvalidOptionException;
import io.flaremail.config.OptionReader;
import io.flaremail.config.PropertySpelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lists the options that are set, with the source of each. */
final class OptionChecks {
    /** Options that have a finding of their own. */
    private static final List<CloudflareProperty<?>> ELSEWHERE = Arrays.asList(
            CloudflareProperty.TOKEN,
            CloudflareProperty.TOKEN_FILE,
            CloudflareProperty.ACCOUNT,
            CloudflareProperty.ENDPOINT);

    private OptionChecks() {}

    static void run(Settings settings, Diagnosis diagnosis) {
        OptionReader file = settings.options().shared(false);
        OptionReader process = settings.options().shared(true);
        for (CloudflareProperty<?> property : listed()) {
            Optional<String> inFile = file.describe(property);
            if (inFile.isPresent()) {
                if (isValid(file, property)) { // Spelling reports those that are not
                    String name = settings.file().get().getFileName().toString();
                    diagnosis.add(Finding.ok("Options", inFile.get() + ", in " + name));
                }
            } else if (isValid(process, property)) {
                process.describe(property).ifPresent(option -> diagnosis.add(Finding.ok("Options", option)));
            }
        }
        malformed(settings)
                .forEach(message ->
                        diagnosis.add(Finding.wrong("Options", message, "correct it: connect would fail with this")));
        PropertySpelling.warningsOfTheEnvironment()
                .forEach(warning -> diagnosis.add(Finding.wrong("Options", warning, "correct its name")));
    }

    /** The errors of options that are set for the whole process and not in the file. */
    static List<String> malformed(Settings settings) {
        List<String> messages = new ArrayList<>();
        for (CloudflareProperty<?> property : listed()) {
            if (!settings.options().shared(false).describe(property).isPresent()) {
                error(settings.options().shared(true), property).ifPresent(messages::add);
            }
        }
        return messages;
    }

    private static List<CloudflareProperty<?>> listed() {
        List<CloudflareProperty<?>> listed = new ArrayList<>(CloudflareProperty.values());
        listed.removeAll(ELSEWHERE);
        return listed;
    }

    private static boolean isValid(OptionReader options, CloudflareProperty<?> property) {
        return !error(options, property).isPresent();
    }

    private static Optional<String> error(OptionReader options, CloudflareProperty<?> property) {
        try {
            options.get(property);
            return Optional.empty();
        } catch (InvalidOptionException e) {
            return Optional.of(e.getMessage());
        }
    }
}
