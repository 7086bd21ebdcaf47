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
 * Reads objects of the application's SMTP provider: Angus Mail, JavaMail or Geronimo. Their classes are alike but share
 * no type and may be absent, so they are recognised by name and called by reflection. Caches nothing, so that it holds
 * no class loader of an application.
 *
 * <p>Tests: SmtpProviderIT, ChecksBeforeSendingTest, TlsTest.
 */
final class SmtpProvider {
    /** The jars' relocation must not change these names; SmtpProviderIT checks that. */
    static final List<String> PACKAGES = Collections.unmodifiableList(Arrays.asList(
            "org.eclipse.angus.mail.smtp",
            "com.sun.mail.smtp",
            "org.apache.geronimo.mail.transport.smtp",
            "org.apache.geronimo.javamail.transport.smtp"));

    private static final List<String> UTIL_PACKAGES =
            Collections.unmodifiableList(Arrays.asList("org.eclipse.angus.mail.util", "com.sun.mail.util"));

    private SmtpProvider() {}

    /**
     * The envelope sender of an SMTPMessage; null if it has none, or for any other message.
     *
     * @throws MessagingException if it cannot be read
     */
    static String envelopeFrom(MimeMessage message) throws MessagingException {
        Class<?> type = smtpMessage(message);
        return type == null ? null : (String) call(message, type, "getEnvelopeFrom", new Class<?>[0]);
    }

    /**
     * Whether the message is an SMTPMessage with {@code sendPartial} set.
     *
     * @throws MessagingException if that cannot be read
     */
    static boolean sendsPartially(MimeMessage message) throws MessagingException {
        Class<?> type = smtpMessage(message);
        return type != null && Boolean.TRUE.equals(call(message, type, "getSendPartial", new Class<?>[0]));
    }

    /**
     * Whether a factory trusts a host: false only if it has a list of trusted hosts without this one. With such a list
     * its trust manager accepts any certificate, and SMTP providers check the host separately.
     *
     * @param factory may be null
     * @throws MessagingException if its list cannot be read
     */
    static boolean trusts(SSLSocketFactory factory, String host) throws MessagingException {
        Class<?> type = ancestor(factory, UTIL_PACKAGES, "MailSSLSocketFactory");
        Class<?>[] parameters = {String.class, SSLSocket.class};
        return type == null || Boolean.TRUE.equals(call(factory, type, "isServerTrusted", parameters, host, null));
    }

    /** The SMTPMessage class that this message is an instance of; null if it is not one. */
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
