package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A web application that brings us in its own class loader can be undeployed: nothing of ours stays. */
@Timeout(120)
class ClassLoaderTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** The class loader of a web application: what it has itself goes first. */
    private static final class WebApplication extends URLClassLoader {
        private static final List<String> OURS = List.of("io.flaremail.", "org.apache.hc.", "com.fasterxml.jackson.");

        private WebApplication(URL[] jars) {
            super(jars, ClassLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return OURS.stream().anyMatch(name::startsWith) ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }

    @RepeatedTest(2)
    void theClassLoaderCanGo() throws Exception {
        WeakReference<ClassLoader> application = deployAndUndeploy();
        for (int i = 0; i < 200 && application.get() != null; i++) {
            System.gc();
            Idle.millis(20);
        }
        assertNull(application.get(), "something holds on to the class loader");
        assertEquals(5, sandbox.accepted().size());
    }

    private static WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (WebApplication application = new WebApplication(jars())) {
            Thread.currentThread().setContextClassLoader(application);
            assertSame(application, session().getTransport().getClass().getClassLoader());
            send(100);
            send(1_000_000, "mail.cloudflare.deadline", "60000");
            send(100, "mail.cloudflare.verify", "true");
            sandbox.fail(
                    Fault.error(429, 10004, "email.sending.error.throttled").header("Retry-After", "0"));
            send(100, "mail.cloudflare.ssl.trust", "*");
            assertThrows(SendFailedException.class, () -> Transport.send(toABadAddressToo())); // is remembered
            assertEquals(List.of(), threadsOf(application));
            return new WeakReference<>(application);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void send(int bytes, String... properties) throws MessagingException {
        Session session = session(properties);
        Transport.send(Told.message(session, bytes, "a@example.net"));
    }

    private static MimeMessage toABadAddressToo() throws MessagingException {
        return Mail.message(session(), "a@example.net", "bounce@example.net");
    }

    private static Session session(String... properties) {
        Properties all = Mail.with(Mail.properties(sandbox), properties);
        return Session.getInstance(all);
    }

    /** Threads that run the application's code or would keep it; those that are ending may do so first. */
    private static List<Thread> threadsOf(ClassLoader application) throws InterruptedException {
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread != Thread.currentThread())
                .filter(thread -> thread.getContextClassLoader() == application
                        || thread.getClass().getClassLoader() == application
                        || thread.getName().startsWith("flaremail"))
                .toList();
        for (Thread thread : threads) {
            thread.join(20_000);
        }
        return threads.stream().filter(Thread::isAlive).toList();
    }

    private static URL[] jars() {
        return Stream.of(
                        CloudflareTransport.class,
                        HttpClients.class,
                        HttpHost.class,
                        HttpVersionPolicy.class,
                        JsonFactory.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
    }
}
