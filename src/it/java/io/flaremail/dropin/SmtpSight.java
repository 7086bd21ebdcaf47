package io.flaremail.dropin;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Whether sessions take the form jar's transport for "smtp" and "smtps".
 *
 * @param after if the jars come after the mail jars, in one class loader
 * @param before if they come before
 * @param parent if the mail API is in a parent class loader, whose resources come first
 * @param childFirst the same, if the application's resources come first
 * @param conf as {@code after}, with the form jar's lines in the Java runtime's javamail.providers
 */
record SmtpSight(
        MailImplementation mail, boolean after, boolean before, boolean parent, boolean childFirst, boolean conf) {

    static SmtpSight of(MailImplementation mail, Path folder) throws Exception {
        ClassPath ours = ClassPath.of(mail.dropIn().path(), DropInJar.form());
        return new SmtpSight(
                mail,
                wins(Layout.MAIL_FIRST.world(mail, ours)),
                wins(Layout.OURS_FIRST.world(mail, ours)),
                wins(Layout.PARENT.world(mail, ours)),
                wins(childFirst(mail, ours)),
                winsWithConf(mail, ours, folder));
    }

    private static boolean wins(World closed) throws Exception {
        try (World world = closed) {
            boolean smtp = isOurs(world.transport("smtp"));
            boolean smtps = isOurs(world.transport("smtps"));
            if (smtp != smtps) {
                throw new IllegalStateException("smtp " + smtp + ", smtps " + smtps);
            }
            return smtp;
        }
    }

    static boolean isOurs(String transport) {
        return transport.matches("io\\.flaremail\\.\\w+FormTransport");
    }

    /** The mail API reads the runtime's home from a system property, once for each of its class loaders. */
    private static boolean winsWithConf(MailImplementation mail, ClassPath ours, Path folder) throws Exception {
        Path home = folder.resolve("home-" + mail.name());
        String lines = Files.readString(Path.of("src/form/resources/META-INF/javamail.providers"));
        for (String place : List.of("conf", "lib")) {
            Files.writeString(Files.createDirectories(home.resolve(place)).resolve("javamail.providers"), lines);
        }
        String before = System.setProperty("java.home", home.toString());
        try {
            return wins(Layout.MAIL_FIRST.world(mail, ours));
        } finally {
            System.setProperty("java.home", before);
        }
    }

    private static World childFirst(MailImplementation mail, ClassPath ours) {
        URLClassLoader server = mail.classPath().loader();
        URLClassLoader application = new URLClassLoader(ours.urls(), server) {
            @Override
            public Enumeration<URL> getResources(String name) throws java.io.IOException {
                List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
                all.addAll(Collections.list(server.getResources(name)));
                return Collections.enumeration(all);
            }
        };
        return new World(mail, application, server);
    }
}
