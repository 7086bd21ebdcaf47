package io.flaremail;

import jakarta.mail.MessagingException;

/** Finds the session's {@link SendListener}. */
final class Listeners {
    private static final SendListener NOBODY = report -> {};

    private Listeners() {}

    static SendListener listener(SessionOptions options) throws MessagingException {
        Object value = options.object(CloudflareProperty.LISTENER);
        if (value instanceof SendListener) {
            return (SendListener) value;
        }
        String name = options.text(CloudflareProperty.LISTENER);
        if (name == null) {
            return NOBODY;
        }
        try {
            return (SendListener) load(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException wrong) {
            throw malformed(options, name, wrong);
        } catch (LinkageError wrong) {
            throw malformed(options, name, new ClassNotFoundException(name, wrong));
        }
    }

    private static MessagingException malformed(SessionOptions options, String name, Exception cause) {
        MessagingException malformed = options.malformed(
                CloudflareProperty.LISTENER,
                "a SendListener object, or the name of a public class that implements it and has a public constructor"
                        + " without parameters",
                name);
        malformed.setNextException(cause);
        return malformed;
    }

    /** The application's class loader first: in a server, ours may not see the application's classes. */
    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, application);
        } catch (ClassNotFoundException notThere) {
            return Class.forName(name, true, Listeners.class.getClassLoader());
        }
    }
}
