package io.flaremail.dropin;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was seen of us with one mail implementation in one layout.
 *
 * @param byFiles whether {@code getTransport("cloudflare")} finds us by these files alone
 * @param winner the file by which the shipped jar is found; empty when it is not
 * @param byAddress whether {@code Transport.send} takes us
 * @param byAlias whether {@code mail.smtp.class} takes us
 * @param byAliasUnregistered whether it does without any registration file
 * @param byHand whether {@code addProvider} does without any registration file
 * @param others whether a provider that ships {@code javamail.providers} only is seen without us
 * @param othersBesideUs whether it is with us
 */
record Sight(
        MailImplementation mail,
        Layout layout,
        Map<RegistrationFiles, Boolean> byFiles,
        String winner,
        boolean byAddress,
        boolean byAlias,
        boolean byAliasUnregistered,
        boolean byHand,
        boolean others,
        boolean othersBesideUs) {

    static Sight of(MailImplementation mail, Layout layout, Path folder, ClassPath other) throws Exception {
        Registration registration = new Registration(mail, layout, folder);
        Map<RegistrationFiles, Boolean> byFiles = new EnumMap<>(RegistrationFiles.class);
        for (RegistrationFiles files : RegistrationFiles.values()) {
            byFiles.put(files, registration.byName(files));
        }
        return new Sight(
                mail,
                layout,
                byFiles,
                registration.winner(),
                registration.byAddress(),
                registration.byAlias(RegistrationFiles.ALL),
                registration.byAlias(RegistrationFiles.NONE),
                registration.byHand(),
                registration.sees(other, RegistrationFiles.NONE),
                registration.sees(other, RegistrationFiles.ALL));
    }

    boolean isFound() {
        return !winner.isEmpty();
    }

    @Override
    public String toString() {
        return mail + ", " + layout;
    }
}
