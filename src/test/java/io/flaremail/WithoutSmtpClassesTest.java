package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            boolean ours = name.startsWith("io.flaremail.") && !name.startsWith("io.flaremail.sandbox.")
                    || hidden.startsWith(group(name));
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : ours ? findClass(name) : super.loadClass(name, resolve);
        }

        /** What names a class directly has to be loaded here, too, for it not to be found. */
        private static String group(String name) {
            return name.startsWith("com.fasterxml.jackson.") || name.startsWith("org.apache.hc.")
                    ? name.substring(0, name.indexOf('.', 4))
                    : "not hidden";
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

    /** As in a server whose library has our jar, but not the application's mail implementation. */
    @Test
    void whereOnlyTheApplicationHasSmtpExceptionsTheyAreChained() throws Exception {
        try (Hiding loader = new Hiding("org.eclipse.angus.mail.smtp.")) {
            SendFailedException thrown = sendToOneThatBounces(loader);
            assertInstanceOf(SMTPAddressFailedException.class, thrown.getNextException());
        }
    }

    @Test
    void whereNobodyHasSmtpExceptionsThereAreNone() {
        List<ClassLoader> without = Arrays.asList(ClassLoader.getPlatformClassLoader(), null);
        assertNull(SmtpExceptions.find(SmtpProvider.PACKAGES, without));
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

    /** An old Jackson or HttpClient is named at connect: an answer that cannot be read comes after the message. */
    @ParameterizedTest
    @CsvSource({
        "com.fasterxml.jackson.core.StreamReadFeature,        jackson-core 2.12",
        "com.fasterxml.jackson.core.JsonFactoryBuilder,       jackson-core 2.12",
        "com.fasterxml.jackson.core.JsonToken,                jackson-core 2.12",
        "org.apache.hc.client5.http.utils.DateUtils,          httpclient5 5.4",
    })
    void aLibraryThatCannotReadAnswersIsNamedAtConnect(String missing, String needed) throws Exception {
        try (Hiding loader = new Hiding(missing)) {
            Transport transport = (Transport) loader.loadClass("io.flaremail.CloudflareTransport")
                    .getConstructor(Session.class, jakarta.mail.URLName.class)
                    .newInstance(Mail.session(sandbox), null);
            MessagingException thrown = assertThrows(MessagingException.class, transport::connect);
            assertTrue(thrown.getMessage().contains("Flaremail needs " + needed), thrown.getMessage());
            assertEquals(List.of(), sandbox.requests());
        }
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
