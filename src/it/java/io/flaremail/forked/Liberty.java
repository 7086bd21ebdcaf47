package io.flaremail.forked;

import io.flaremail.dropin.DropInJar;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open Liberty with a user folder of its own; applications lie in {@code dropins}. */
final class Liberty implements ForkedServer {
    private static final String VERSION = "25.0.0.6";

    private final String mail;
    private final boolean inWar;
    private Path folder;
    private int port;

    /** @param mail the feature, mail-2.1 or javaMail-1.6 */
    Liberty(String mail, boolean inWar) {
        this.mail = mail;
        this.inWar = inWar;
    }

    @Override
    public String name() {
        return "Open Liberty " + VERSION + ", " + mail;
    }

    @Override
    public String jarIn() {
        return inWar ? "`WEB-INF/lib`" : "`lib/global`";
    }

    @Override
    public boolean inWar() {
        return inWar;
    }

    @Override
    public boolean javax() {
        return mail.startsWith("javaMail-");
    }

    @Override
    public boolean setsPolicy() {
        return false;
    }

    @Override
    public String session() {
        return "mail/shop";
    }

    @Override
    public ServerProcess start(Sandbox sandbox, Path war) throws IOException {
        Path home = Software.unpacked("io.openliberty:openliberty-runtime:zip:" + VERSION);
        Path user = Software.emptyFolder(name() + " " + jarIn());
        folder = user.resolve("servers/shop");
        port = ServerProcess.freePort();
        configure(sandbox);
        if (!inWar) {
            Path library = Files.createDirectories(folder.resolve("lib/global"));
            Files.copy((javax() ? DropInJar.JAVAX : DropInJar.ALL).path(), library.resolve("flaremail.jar"));
        }
        redeploy(war);
        return ServerProcess.java(user, Map.of("WLP_USER_DIR", user.toString()), arguments(home));
    }

    private void configure(Sandbox sandbox) throws IOException {
        Sample.of("liberty/mail.xml")
                .with(sandbox)
                .with(Sample.ENDPOINT, sandbox.endpoint().toString())
                .to(folder.resolve("configDropins/overrides/mail.xml"));
        String features = List.of(mail, "jndi-1.0", javax() ? "servlet-4.0" : "servlet-6.0").stream()
                .map(feature -> "<feature>" + feature + "</feature>")
                .collect(java.util.stream.Collectors.joining());
        Files.writeString(
                folder.resolve("server.xml"),
                "<server><featureManager>" + features + "</featureManager><httpEndpoint id='defaultHttpEndpoint'"
                        + " host='127.0.0.1' httpPort='" + port + "' httpsPort='-1'/></server>");
    }

    private List<String> arguments(Path home) {
        return List.of(
                "@" + home.resolve("lib/platform/java/java9.options"),
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-jar",
                home.resolve("bin/tools/ws-server.jar").toString(),
                "shop");
    }

    @Override
    public URI application() {
        return URI.create("http://127.0.0.1:" + port + "/shop/");
    }

    @Override
    public void redeploy(Path war) throws IOException {
        Path dropins = Files.createDirectories(folder.resolve("dropins"));
        Software.replace(dropins.resolve("shop.war"), war);
    }
}
