package io.flaremail.dropin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** Apache Felix with nothing in it. */
final class OsgiFramework implements AutoCloseable {
    private final Framework framework;

    OsgiFramework(Path folder) throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage", folder.resolve("bundles").toString()));
        framework.start();
    }

    /** @return the last one */
    Bundle start(ClassPath mail, Path ours) throws BundleException {
        Bundle last = null;
        for (Path jar : mail.and(ours).places()) {
            last = framework.getBundleContext().installBundle(jar.toUri().toString());
        }
        for (Bundle each : framework.getBundleContext().getBundles()) {
            each.start();
        }
        return last;
    }

    /** As a bundle would that imports the mail API and {@code io.flaremail}. */
    void send(Bundle ours, MailImplementation mail, List<String> properties) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Bundle implementation = bundleWith(
                mail.isJavax() ? "com.sun.mail.smtp.SMTPTransport" : "org.eclipse.angus.mail.smtp.SMTPTransport");
        try {
            // Where no service loader mediator runs, the mail API finds its own parts by the context class loader.
            Thread.currentThread()
                    .setContextClassLoader(implementation
                            .adapt(org.osgi.framework.wiring.BundleWiring.class)
                            .getClassLoader());
            new OsgiMail(ours, mail).send(properties);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private Bundle bundleWith(String type) {
        for (Bundle each : framework.getBundleContext().getBundles()) {
            if (each.getEntry(type.replace('.', '/') + ".class") != null) {
                return each;
            }
        }
        throw new IllegalArgumentException(type);
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
