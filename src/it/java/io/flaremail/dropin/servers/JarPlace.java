package io.flaremail.dropin.servers;

import io.flaremail.dropin.ClassPath;
import java.util.List;

/** Where the drop-in jar may be; the mail jars are in the server's library, since the server makes the session. */
enum JarPlace {
    SERVER_LIB("the server's library"),
    WEB_INF_LIB("`WEB-INF/lib`");

    private static final ClassPath NOTHING = new ClassPath(List.of());

    private final String text;

    JarPlace(String text) {
        this.text = text;
    }

    /** What goes to the server's library beside the mail jars. */
    ClassPath serverLib(ClassPath jar) {
        return this == SERVER_LIB ? jar : NOTHING;
    }

    ClassPath webInfLib(ClassPath jar) {
        return this == WEB_INF_LIB ? jar : NOTHING;
    }

    @Override
    public String toString() {
        return text;
    }
}
