package io.flaremail;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.InvalidOptionException;
import io.flaremail.config.OptionReader;

/** Finds the session's {@link SendListener}. */
final class Listeners {
    private static final SendListener NOBODY = report -> {};

    private Listeners() {}

    /**
     * @param listener the value of {@code mail.cloudflare.listener}; null for none
     * @throws InvalidOptionException if it is neither a listener nor the name of a class of listeners
     */
    static SendListener listener(Object listener, OptionReader options) throws InvalidOptionException {
        if (listener instanceof SendListener) {
            return (SendListener) listener;
        }
        if (listener == null) {
            return NOBODY;
        }
        String name = listener.toString().trim();
        try {
            return (SendListener) load(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw malformed(options, name, e);
        } catch (LinkageError e) {
            throw malformed(options, name, new ClassNotFoundException(name, e));
        }
    }

    private static InvalidOptionException malformed(OptionReader options, String name, Exception cause) {
        InvalidOptionException malformed = options.invalid(
                CloudflareProperty.LISTENER,
                "a SendListener object, or the name of a public class that implements it and has a public constructor"
                        + " without parameters",
                name);
        malformed.initCause(cause);
        return malformed;
    }

    /** The application's class loader first: in a server, ours may not see the application's classes. */
    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, application);
        } catch (ClassNotFoundException e) {
            return Class.forName(name, true, Listeners.class.getClassLoader());
        }
    }
}
