package io.flaremail.dropin;

import java.io.IOException;
import java.nio.file.Path;

/** What sessions of one mail implementation, in one layout of class loaders, find of us. */
record Registration(MailImplementation mail, Layout layout, Path folder) {
    static final String TRANSPORT = "io.flaremail.CloudflareTransport";
    static final String PROVIDER = "io.flaremail.CloudflareProvider";

    /** {@code session.getTransport("cloudflare")}. */
    boolean byName(RegistrationFiles files) throws Exception {
        try (World world = world(files)) {
            return TRANSPORT.equals(world.transport("cloudflare"));
        }
    }

    /** What {@code Transport.send} would use. */
    boolean byAddress() throws Exception {
        try (World world = world(RegistrationFiles.ALL)) {
            return TRANSPORT.equals(world.transportForAddress("mail.transport.protocol.rfc822=cloudflare"));
        }
    }

    /** For code that asks for SMTP: by name, and by address. */
    boolean byAlias(RegistrationFiles files) throws Exception {
        String alias = "mail.smtp.class=" + TRANSPORT;
        try (World world = world(files)) {
            return TRANSPORT.equals(world.transport("smtp", alias))
                    && TRANSPORT.equals(world.transportForAddress(alias));
        }
    }

    /** {@code session.addProvider(new CloudflareProvider())}. */
    boolean byHand() throws Exception {
        try (World world = world(RegistrationFiles.NONE)) {
            return TRANSPORT.equals(world.transportOfAdded(PROVIDER, "cloudflare"));
        }
    }

    /** The file by which the shipped jar is found, empty when it is not. */
    String winner() throws Exception {
        try (World world = world(RegistrationFiles.ALL)) {
            String provider = world.provider("cloudflare");
            if (provider == null) {
                return "";
            }
            // ServiceLoader makes our own class; the other files are read into a plain Provider.
            return provider.equals(PROVIDER)
                    ? "services"
                    : byName(RegistrationFiles.JAKARTA) ? "jakarta.providers" : "javamail.providers";
        }
    }

    /** Whether a provider that ships {@code javamail.providers} only is seen, with these files of ours beside it. */
    boolean sees(ClassPath other, RegistrationFiles ours) throws Exception {
        ClassPath jar = ClassPath.of(ours.copy(mail.dropIn(), folder));
        try (World world = layout.world(mail, jar.and(other))) {
            return world.provider("other") != null;
        }
    }

    private World world(RegistrationFiles files) throws IOException {
        return layout.world(mail, ClassPath.of(files.copy(mail.dropIn(), folder)));
    }
}
