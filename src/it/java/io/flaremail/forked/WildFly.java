package io.flaremail.forked;

import io.flaremail.dropin.DropInJar;
import io.flaremail.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** WildFly with a base folder of its own, configured with its command line while it is down. */
final class WildFly implements ForkedServer {
    private final String version;
    private final boolean inWar;
    private Path home;
    private Path base;
    private int port;

    WildFly(String version, boolean inWar) {
        this.version = version;
        this.inWar = inWar;
    }

    @Override
    public String name() {
        return "WildFly " + version;
    }

    @Override
    public String jarIn() {
        return inWar ? "`WEB-INF/lib`" : "a global module";
    }

    @Override
    public boolean inWar() {
        return inWar;
    }

    @Override
    public boolean javax() {
        return version.startsWith("26.");
    }

    @Override
    public String session() {
        return "java:jboss/mail/Shop";
    }

    @Override
    public ServerProcess start(Sandbox sandbox, Path war) throws IOException {
        home = Software.unpacked("org.wildfly:wildfly-dist:zip:" + version + ".Final");
        base = Software.emptyFolder(name() + " " + jarIn());
        Software.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
        port = ServerProcess.freePort();
        configure(Sample.of("wildfly/mail.cli")
                .with(sandbox)
                .with(Sample.ENDPOINT, sandbox.endpoint().toString()));
        if (!inWar) {
            addModule();
        }
        lookOftenForDeployments();
        redeploy(war);
        return ServerProcess.java(base, Map.of(), arguments("org.jboss.as.standalone"));
    }

    private void addModule() throws IOException {
        Path module = Files.createDirectories(base.resolve("modules/io/flaremail/main"));
        Files.copy((javax() ? DropInJar.JAVAX : DropInJar.ALL).path(), module.resolve("flaremail.jar"));
        Sample.of("wildfly/module.xml")
                .with("\"jakarta.mail.api\"", javax() ? "\"javax.mail.api\"" : "\"jakarta.mail.api\"")
                .to(module.resolve("module.xml"));
        configure(Sample.of("wildfly/module.cli"));
    }

    private void configure(Sample commands) throws IOException {
        commands.to(base.resolve("commands.cli"));
        List<String> arguments = arguments("org.jboss.as.cli");
        arguments.add("--file=" + base.resolve("commands.cli"));
        try (ServerProcess cli = ServerProcess.java(base, Map.of("JBOSS_HOME", home.toString()), arguments)) {
            cli.awaitSuccess(Duration.ofMinutes(2));
        }
    }

    private void lookOftenForDeployments() throws IOException {
        Path configuration = base.resolve("configuration/standalone.xml");
        Files.writeString(
                configuration,
                Files.readString(configuration).replace("scan-interval=\"5000\"", "scan-interval=\"500\""));
    }

    private List<String> arguments(String module) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED"));
        for (String opened : List.of("lang", "lang.invoke", "lang.reflect", "io", "net", "security", "util")) {
            arguments.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
        }
        arguments.add("-Djboss.home.dir=" + home);
        arguments.add("-Djboss.server.base.dir=" + base);
        arguments.add("-Djboss.bind.address=127.0.0.1");
        arguments.add("-Djboss.http.port=" + port);
        arguments.add("-Djboss.https.port=" + ServerProcess.freePort());
        arguments.add("-Djboss.management.http.port=" + ServerProcess.freePort());
        arguments.add("-jar");
        arguments.add(home.resolve("jboss-modules.jar").toString());
        arguments.add("-mp");
        arguments.add(base.resolve("modules") + File.pathSeparator + home.resolve("modules"));
        arguments.add(module);
        return arguments;
    }

    @Override
    public URI application() {
        return URI.create("http://127.0.0.1:" + port + "/shop/");
    }

    @Override
    public void redeploy(Path war) throws IOException {
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        Software.replace(deployments.resolve("shop.war"), war);
        Files.writeString(deployments.resolve("shop.war.dodeploy"), "");
    }
}
