package io.flaremail.dropin;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;

/** Class loaders that know nothing of this one, spoken to by reflection: their mail classes are not the test's. */
final class World implements AutoCloseable {
    private final MailImplementation mail;
    private final ClassLoader application;
    private final Closeable[] loaders;

    World(MailImplementation mail, Closeable... applicationFirst) {
        this.mail = mail;
        this.application = (ClassLoader) applicationFirst[0];
        this.loaders = applicationFirst;
    }

    ClassLoader application() {
        return application;
    }

    /** What a new session gives for this protocol: the transport's class, or the exception's. */
    String transport(String protocol, String... properties) throws Exception {
        return made(() -> {
            Object session = session(properties);
            return call(session, "getTransport", String.class, protocol);
        });
    }

    /** The same, when code has added the provider. */
    String transportOfAdded(String provider, String protocol) throws Exception {
        return made(() -> {
            Object session = session();
            Object added = application.loadClass(provider).getConstructor().newInstance();
            call(session, "addProvider", api("Provider"), added);
            return call(session, "getTransport", String.class, protocol);
        });
    }

    /** What {@code Transport.send} would take for an internet address. */
    String transportForAddress(String... properties) throws Exception {
        return made(() -> {
            Object session = session(properties);
            Object address =
                    api("internet.InternetAddress").getConstructor(String.class).newInstance("ada@example.org");
            return call(session, "getTransport", api("Address"), address);
        });
    }

    /** The class of the provider object for a protocol: our own where ServiceLoader made it; null without any. */
    String provider(String protocol) throws Exception {
        return inside(() -> {
            for (Object each : (Object[]) call(session(), "getProviders")) {
                if (protocol.equals(call(each, "getProtocol"))) {
                    return each.getClass().getName();
                }
            }
            return null;
        });
    }

    /** Runs the {@code main} of an application's class. */
    void main(String name, List<String> args) throws Exception {
        Class<?> type = application.loadClass(name);
        inside(() -> type.getMethod("main", String[].class).invoke(null, (Object) args.toArray(String[]::new)));
    }

    private Object session(String... properties) throws ReflectiveOperationException {
        Properties all = new Properties();
        Arrays.stream(properties).map(each -> each.split("=", 2)).forEach(each -> all.put(each[0], each[1]));
        return api("Session").getMethod("getInstance", Properties.class).invoke(null, all);
    }

    private Class<?> api(String name) throws ClassNotFoundException {
        return application.loadClass(mail.api() + "." + name);
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static Object call(Object target, String method, Class<?> type, Object argument)
            throws ReflectiveOperationException {
        return target.getClass().getMethod(method, type).invoke(target, argument);
    }

    private String made(Callable<Object> making) throws Exception {
        try {
            return inside(making).getClass().getName();
        } catch (InvocationTargetException refused) {
            return refused.getCause().getClass().getName();
        }
    }

    /** As the application's own thread would run it. */
    private <T> T inside(Callable<T> work) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(application);
        try {
            return work.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable loader : loaders) {
            loader.close();
        }
    }
}
