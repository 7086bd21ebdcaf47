package io.flaremail;

import io.flaremail.text.Printable;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Chains the exceptions of the application's {@link SmtpProvider SMTP provider}, as SMTP would, for code that looks for
 * them. Looks up their classes for each failure, since our jar may serve several applications. Reply codes are those of
 * RFC 5321 section 4.2.
 *
 * <p>Tests: SmtpProviderIT, OutcomeTableTest, WithoutSmtpClassesTest.
 */
final class SmtpExceptions {
    private final Constructor<?> addressFailed;
    private final Constructor<?> addressSucceeded;
    private final Constructor<?> sendFailed;

    private SmtpExceptions(String packageName, ClassLoader loader) throws ReflectiveOperationException {
        Class<?>[] ofAddress = {InternetAddress.class, String.class, int.class, String.class};
        this.addressFailed = constructor(packageName + ".SMTPAddressFailedException", loader, ofAddress);
        this.addressSucceeded = constructor(packageName + ".SMTPAddressSucceededException", loader, ofAddress);
        this.sendFailed = constructor(
                packageName + ".SMTPSendFailedException",
                loader,
                String.class,
                int.class,
                String.class,
                Exception.class,
                Address[].class,
                Address[].class,
                Address[].class);
    }

    /** Does nothing if the application has no SMTP provider. Does not throw: the outcome is already decided. */
    static void chain(
            CloudflareSendFailedException failure, SendReport report, MimeMessage message, boolean successToo) {
        try {
            SmtpExceptions exceptions = find(message);
            if (exceptions != null) {
                exceptions.chain(failure, report, successToo);
            }
        } catch (Throwable e) {
            // The report is complete, and an Error here would hide that the message was accepted.
        }
    }

    /** Null if no class loader that may be the application's has them. */
    private static SmtpExceptions find(MimeMessage message) {
        Class<?> own = SmtpProvider.smtpMessage(message);
        Set<String> packages = new LinkedHashSet<>();
        if (own != null) {
            packages.add(own.getName().substring(0, own.getName().lastIndexOf('.')));
        }
        packages.addAll(SmtpProvider.PACKAGES);
        return find(packages, loaders(own, message));
    }

    /** The exceptions of the first package and loader that have them; null if none do. */
    static SmtpExceptions find(Collection<String> packages, Collection<ClassLoader> loaders) {
        for (ClassLoader loader : loaders) {
            for (String name : packages) {
                try {
                    return new SmtpExceptions(name, loader);
                } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                    // Missing, or of another mail API: try the next.
                }
            }
        }
        return null;
    }

    private static List<ClassLoader> loaders(Class<?> smtpMessage, MimeMessage message) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        if (smtpMessage != null) {
            loaders.add(smtpMessage.getClassLoader());
        }
        loaders.addAll(Arrays.asList(
                message.getClass().getClassLoader(),
                Session.class.getClassLoader(),
                SmtpExceptions.class.getClassLoader(),
                Thread.currentThread().getContextClassLoader()));
        return new ArrayList<>(loaders);
    }

    private static Constructor<?> constructor(String name, ClassLoader loader, Class<?>... parameters)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName(name, false, loader);
        if (!MessagingException.class.isAssignableFrom(type)) {
            throw new ClassNotFoundException(name + " of our mail API");
        }
        Constructor<?> constructor = type.getDeclaredConstructor(parameters);
        constructor.setAccessible(true); // Geronimo's are not public
        return constructor;
    }

    private void chain(CloudflareSendFailedException failure, SendReport report, boolean successToo) {
        boolean refused = false;
        for (RecipientOutcome outcome : report.getRecipients()) {
            refused |= outcome.getStatus() == RecipientStatus.REFUSED;
            add(failure, exception(outcome, successToo));
        }
        if (refused) {
            add(failure, sendFailed(failure, report));
        }
    }

    private static void add(CloudflareSendFailedException failure, MessagingException next) {
        if (next != null) {
            failure.setNextException(next);
        }
    }

    private MessagingException exception(RecipientOutcome outcome, boolean successToo) {
        switch (outcome.getStatus()) {
            case BOUNCED:
                return create(addressFailed, outcome.getAddress(), 550, "550 5.1.1 Permanent bounce");
            case SUPPRESSED:
                return create(addressFailed, outcome.getAddress(), 550, "550 5.7.1 On the suppression list");
            case INVALID:
                return create(addressFailed, outcome.getAddress(), 553, "553 5.1.3 Not an address that can be sent to");
            default:
                boolean sent = outcome.getStatus().fate() == RecipientStatus.Fate.SENT;
                return sent && successToo
                        ? create(addressSucceeded, outcome.getAddress(), 250, "250 2.1.5 Accepted")
                        : null;
        }
    }

    private MessagingException create(Constructor<?> type, InternetAddress address, int code, String reply) {
        String command = "RCPT TO:<" + Printable.line(String.valueOf(address.getAddress())) + ">";
        return create(type, address, command, code, reply);
    }

    private MessagingException sendFailed(CloudflareSendFailedException failure, SendReport report) {
        int code = report.isRetryable() ? 451 : report.getStatus() == 401 ? 535 : 554;
        return create(
                sendFailed,
                "DATA",
                code,
                code + " " + failure.getMessage(),
                null,
                failure.getValidSentAddresses(),
                failure.getValidUnsentAddresses(),
                failure.getInvalidAddresses());
    }

    private static MessagingException create(Constructor<?> type, Object... arguments) {
        try {
            return (MessagingException) type.newInstance(arguments);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return null; // the report is still complete
        }
    }
}
