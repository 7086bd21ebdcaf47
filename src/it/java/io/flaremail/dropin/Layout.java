package io.flaremail.dropin;

import java.net.URLClassLoader;

/** How a mail implementation and our jar share class loaders. */
enum Layout {
    /** One class path. */
    MAIL_FIRST,
    /** One class path, the other way round: some mail APIs ask the first jar only. */
    OURS_FIRST,
    /** A server with the mail API in its library, and us in the application, whose class loader is the context's. */
    PARENT;

    World world(MailImplementation mail, ClassPath ours) {
        ClassPath theirs = mail.classPath();
        switch (this) {
            case MAIL_FIRST:
                return new World(mail, theirs.and(ours).loader());
            case OURS_FIRST:
                return new World(mail, ours.and(theirs).loader());
            default:
                URLClassLoader server = theirs.loader();
                return new World(mail, ours.loader(server), server);
        }
    }
}
