package io.flaremail.cli;

import io.flaremail.CloudflareProvider;
import io.flaremail.CloudflareTransport;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Scanner;

/** Finds out which of the three registration files a session used; see META-INF-services-notes.md. */
final class Registration {
    static final String SERVICES = "META-INF/services/" + Provider.class.getName();
    private static final String JAKARTA = "META-INF/jakarta.providers";
    private static final String JAVAMAIL = "META-INF/javamail.providers";

    private static final String OURS = CloudflareTransport.class.getName();

    private Registration() {}

    static String winner(Provider found) {
        if (found.getClass() == CloudflareProvider.class) {
            return SERVICES; // the services file names the provider's own class, the others make a plain one
        }
        return readsJakarta() && isNamed(OURS, JAKARTA) ? JAKARTA : isNamed(OURS, JAVAMAIL) ? JAVAMAIL : "another file";
    }

    /** The mail API does from 2.1.4 on. */
    private static boolean readsJakarta() {
        String version = Jar.version(Session.class).orElse("");
        return !version.matches("(1\\..*|2\\.0\\..*|2\\.1\\.[0-3](\\D.*)?)");
    }

    /** Whether a file of this name on the class path contains the name of a class. */
    static boolean isNamed(String type, String file) {
        try {
            for (URL each : Collections.list(Registration.class.getClassLoader().getResources(file))) {
                if (text(each).contains(type)) {
                    return true;
                }
            }
        } catch (IOException e) {
            // then a session cannot read it either
        }
        return false;
    }

    private static String text(URL file) throws IOException {
        try (InputStream in = file.openStream();
                Scanner scanner = new Scanner(in, "UTF-8").useDelimiter("\\A")) {
            return scanner.hasNext() ? scanner.next() : "";
        }
    }
}
