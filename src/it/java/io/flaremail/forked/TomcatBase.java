package io.flaremail.forked;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@code CATALINA_BASE} of its own for a Tomcat that is installed elsewhere. */
public final class TomcatBase {
    private TomcatBase() {}

    /** @param name of the new folder */
    public static Path create(String name, Path home, int port) throws IOException {
        Path base = Software.emptyFolder(name);
        Software.copy(home.resolve("conf"), base.resolve("conf"));
        for (String folder : List.of("logs", "temp", "lib", "webapps")) {
            Files.createDirectories(base.resolve(folder));
        }
        Path conf = base.resolve("conf/server.xml");
        Files.writeString(
                conf,
                Files.readString(conf)
                        .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
                        .replace("<Connector port=\"8080\"", "<Connector address=\"127.0.0.1\" port=\"" + port + "\""));
        return base;
    }

    /** For {@code java}. */
    public static List<String> arguments(Path home, Path base) {
        return List.of(
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base,
                "-Djava.io.tmpdir=" + base.resolve("temp"),
                "-cp",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }
}
