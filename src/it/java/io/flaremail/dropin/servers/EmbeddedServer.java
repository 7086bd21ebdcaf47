package io.flaremail.dropin.servers;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.Compiled;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** A server in a class loader of its own; it is started and spoken to by a sample, which has the same methods. */
interface EmbeddedServer extends AutoCloseable {
    /** Servers set these for the process, with classes that the next one does not see. */
    List<String> NAMING = List.of("java.naming.factory.initial", "java.naming.factory.url.pkgs");

    int port();

    /** @return the class loader of the web application, which answers at {@code /shop} */
    ClassLoader deploy(Path webapp, Path configuration) throws Exception;

    void undeploy() throws Exception;

    @Override
    void close();

    /**
     * Compiles the sample, and starts the server.
     *
     * @param jars the server's own, and what is in its library
     * @param javax whether the server is one of javax
     */
    static EmbeddedServer start(Path sample, ClassPath jars, boolean javax, Path base) throws Exception {
        Path classes = Compiled.into(Files.createDirectories(base.resolve("sample")), jars, javax, sample);
        URLClassLoader loader = jars.and(classes).loader();
        String name = "com.example." + sample.getFileName().toString().replace(".java", "");
        Object server = within(
                loader, () -> loader.loadClass(name).getConstructor(Path.class).newInstance(base));
        return (EmbeddedServer) Proxy.newProxyInstance(
                EmbeddedServer.class.getClassLoader(),
                new Class<?>[] {EmbeddedServer.class},
                (proxy, method, args) -> call(loader, server, method, args));
    }

    private static Object call(URLClassLoader loader, Object server, Method method, Object[] args) throws Exception {
        try {
            return within(
                    loader,
                    () -> server.getClass()
                            .getMethod(method.getName(), method.getParameterTypes())
                            .invoke(server, args));
        } finally {
            if (method.getName().equals("close")) {
                loader.close();
                NAMING.forEach(System::clearProperty);
            }
        }
    }

    private static Object within(ClassLoader loader, Callable<Object> call) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return call.call();
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
