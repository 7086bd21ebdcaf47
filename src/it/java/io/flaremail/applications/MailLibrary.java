package io.flaremail.applications;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;

/** The mail implementation that applications have beside a drop-in jar. */
final class MailLibrary {
    private MailLibrary() {}

    static ClassPath with(DropInJar jar) {
        String artifact =
                jar == DropInJar.JAVAX ? "com.sun.mail:javax.mail:1.6.2" : "org.eclipse.angus:angus-mail:2.0.5";
        return ClassPath.of(artifact).and(jar.path());
    }
}
