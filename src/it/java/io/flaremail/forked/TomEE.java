package io.flaremail.forked;

import io.flaremail.dropin.DropInJar;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Apache TomEE with a {@code CATALINA_BASE} of its own: Tomcat with Geronimo Mail. */
final class TomEE implements ForkedServer {
    private final String version;
    private final boolean inWar;
    private Path base;
    private int port;

    TomEE(String version, boolean inWar) {
        this.version = version;
        this.inWar = inWar;
    }

    @Override
    public String name() {
        return "TomEE " + version;
    }

    @Override
    public String jarIn() {
        return inWar ? "`WEB-INF/lib`" : "`lib`";
    }

    @Override
    public boolean inWar() {
        return inWar;
    }

    @Override
    public boolean javax() {
        return version.startsWith("8.");
    }

    @Override
    public boolean setsPolicy() {
        return true;
    }

    @Override
    public String session() {
        return "openejb:Resource/mail/shop";
    }

    @Override
    public ServerProcess start(Sandbox sandbox, Path war) throws IOException {
        Path home = Software.unpacked("org.apache.tomee:apache-tomee:zip:webprofile:" + version);
        port = ServerProcess.freePort();
        base = TomcatBase.create(name() + " " + jarIn(), home, port);
        configure(sandbox);
        if (!inWar) {
            DropInJar jar = javax() ? DropInJar.JAVAX : DropInJar.ALL;
            Files.copy(jar.path(), base.resolve("lib/flaremail.jar"));
        }
        redeploy(war);
        return ServerProcess.java(base, Map.of(), arguments(home));
    }

    private void configure(Sandbox sandbox) throws IOException {
        Sample.of("tomee/tomee.xml")
                .with(sandbox)
                .with(Sample.ENDPOINT, sandbox.endpoint().toString())
                .with("jakarta.mail", javax() ? "javax.mail" : "jakarta.mail")
                .to(base.resolve("conf/tomee.xml"));
        Path conf = base.resolve("conf/server.xml");
        Files.writeString(
                conf,
                Files.readString(conf)
                        // How often Tomcat looks for changed applications, in seconds; 10 by default.
                        .replace("<Engine name", "<Engine backgroundProcessorDelay=\"1\" name"));
    }

    private List<String> arguments(Path home) {
        List<String> arguments = new ArrayList<>();
        for (String opened : List.of("lang", "io", "util", "util.concurrent", "net")) {
            arguments.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
        }
        arguments.add("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
        arguments.addAll(TomcatBase.arguments(home, base));
        return arguments;
    }

    @Override
    public URI application() {
        return URI.create("http://127.0.0.1:" + port + "/shop/");
    }

    @Override
    public void redeploy(Path war) throws IOException {
        Software.replace(base.resolve("webapps/shop.war"), war);
    }
}
