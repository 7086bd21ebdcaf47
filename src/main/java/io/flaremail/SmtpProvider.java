package io.flaremail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Reads objects of the SMTP provider that the application has: Angus Mail's, JavaMail's or Geronimo's. Their classes are
 * alike but have no common type, and none need be there, so they are told by their names and called by reflection.
 * Nothing is remembered: no class loader of an application is held.
 *
 * <p>Tests: SmtpProviderIT, ChecksBeforeSendingTest, TlsTest.
 */
final class SmtpProvider {
    /** The jars' relocation must leave these names as they are; SmtpProviderIT notices when it does not. */
    static final List<String> PACKAGES = Collections.unmodifiableList(Arrays.asList(
            "org.eclipse.angus.mail.smtp",
            "com.sun.mail.smtp",
            "org.apache.geronimo.mail.transport.smtp",
            "org.apache.geronimo.javamail.transport.smtp"));

    private static final List<String> UTIL_PACKAGES =
            Collections.unmodifiableList(Arrays.asList("org.eclipse.angus.mail.util", "com.sun.mail.util"));

    private SmtpProvider() {}

    /**
     * The envelope sender of an SMTPMessage; null when the message has none or is none.
     *
     * @throws MessagingException when it has one that cannot be read
     */
    static String envelopeFrom(MimeMessage message) throws MessagingException {
        Class<?> type = smtpMessage(message);
        return type == null ? null : (String) call(message, type, "getEnvelopeFrom", new Class<?>[0]);
    }

    /**
     * Whether the message is an SMTPMessage that asks to be sent to the usable recipients when others are not.
     *
     * @throws MessagingException when that cannot be read
     */
    static boolean sendsPartially(MimeMessage message) throws MessagingException {
        Class<?> type = smtpMessage(message);
        return type != null && Boolean.TRUE.equals(call(message, type, "getSendPartial", new Class<?>[0]));
    }

    /**
     * Whether a factory that keeps its own list of trusted hosts has this one on it; others keep none. Its trust manager
     * lets everybody in once it has a list of hosts; SMTP's provider then asks it about the host.
     *
     * @param factory may be null
     * @throws MessagingException when its list cannot be read
     */
    static boolean trusts(SSLSocketFactory factory, String host) throws MessagingException {
        Class<?> type = ancestor(factory, UTIL_PACKAGES, "MailSSLSocketFactory");
        Class<?>[] parameters = {String.class, SSLSocket.class};
        return type == null || Boolean.TRUE.equals(call(factory, type, "isServerTrusted", parameters, host, null));
    }

    /** The provider's class that this message is an object of, perhaps by a subclass; null when it is none. */
    static Class<?> smtpMessage(MimeMessage message) {
        return ancestor(message, PACKAGES, "SMTPMessage");
    }

    private static Class<?> ancestor(Object object, List<String> packages, String name) {
        Class<?> type = object == null ? null : object.getClass();
        while (type != null && !isIn(packages, type, name)) {
            type = type.getSuperclass();
        }
        return type;
    }

    private static boolean isIn(List<String> packages, Class<?> type, String name) {
        String full = type.getName();
        int dot = full.lastIndexOf('.');
        return dot > 0 && full.substring(dot + 1).equals(name) && packages.contains(full.substring(0, dot));
    }

    private static Object call(Object target, Class<?> type, String method, Class<?>[] parameters, Object... arguments)
            throws MessagingException {
        try {
            return type.getMethod(method, parameters).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw unreadable(type, method, e);
        } catch (ReflectiveOperationException e) {
            throw unreadable(type, method, e);
        }
    }

    private static MessagingException unreadable(Class<?> type, String method, Exception cause) {
        return new MessagingException("Cannot call " + type.getName() + "." + method + ": " + cause, cause);
    }
}
