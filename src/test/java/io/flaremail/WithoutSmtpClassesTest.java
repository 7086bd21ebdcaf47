package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flaremail.sandbox.SandboxExtension;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mail implementation without Angus Mail's SMTP classes, or an API without LineOutputStream: sends all the same. */
class WithoutSmtpClassesTest {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    /** Loads Flaremail anew, and hides classes from it. */
    private static final class Hiding extends URLClassLoader {
        private final String hidden;

        Hiding(String hidden) {
            super(classPath(), Hiding.class.getClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(hidden)) {
                throw new ClassNotFoundException(name + " is hidden");
            }
            boolean ours = name.startsWith("io.flaremail.") && !name.startsWith("io.flaremail.sandbox.");
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : ours ? findClass(name) : super.loadClass(name, resolve);
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Hiding::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String path) {
            try {
                return new File(path).toURI().toURL();
            } catch (MalformedURLException impossible) {
                throw new IllegalArgumentException(path, impossible);
            }
        }
    }

    @Test
    void withoutSmtpExceptionsTheArraysStillTell() throws Exception {
        try (Hiding loader = new Hiding("org.eclipse.angus.mail.smtp.")) {
            SendFailedException thrown = sendToOneThatBounces(loader);
            assertNull(thrown.getNextException());
        }
    }

    @Test
    void withoutLineOutputStreamTheBytesAreTheSame() throws Exception {
        try (Hiding loader = new Hiding("jakarta.mail.util.LineOutputStream")) {
            sendToOneThatBounces(loader);
        }
        try (Hiding loader = new Hiding("nothing")) {
            sendToOneThatBounces(loader);
        }
        assertArrayEquals(
                sandbox.accepted().get(0).mime(), sandbox.accepted().get(1).mime());
    }

    private SendFailedException sendToOneThatBounces(ClassLoader loader) throws Exception {
        Session session = Mail.session(sandbox);
        MimeMessage message = Mail.message(session, "a@example.net");
        message.setHeader("Message-ID", "<same@example.com>");
        Address[] to = Mail.addresses("a@example.net", "bounce@example.net");
        Transport transport = (Transport) loader.loadClass("io.flaremail.CloudflareTransport")
                .getConstructor(Session.class, jakarta.mail.URLName.class)
                .newInstance(session, null);
        assertEquals(loader, transport.getClass().getClassLoader());
        transport.connect();
        try (transport) {
            transport.sendMessage(message, to);
            throw new AssertionError("one bounces");
        } catch (SendFailedException thrown) {
            assertArrayEquals(new Address[] {to[0]}, thrown.getValidSentAddresses());
            assertArrayEquals(new Address[] {to[1]}, thrown.getInvalidAddresses());
            return thrown;
        } catch (MessagingException other) {
            throw new AssertionError(other);
        }
    }
}
