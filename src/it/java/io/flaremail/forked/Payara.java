package io.flaremail.forked;

import io.flaremail.dropin.DropInJar;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Payara Micro. The application is deployed as a folder: that is what it can reload. */
final class Payara implements ForkedServer {
    private final String version;
    private final boolean inWar;
    private Path folder;
    private int port;

    Payara(String version, boolean inWar) {
        this.version = version;
        this.inWar = inWar;
    }

    @Override
    public String name() {
        return "Payara Micro " + version;
    }

    @Override
    public String jarIn() {
        return inWar ? "`WEB-INF/lib`" : "`--addLibs`";
    }

    @Override
    public boolean inWar() {
        return inWar;
    }

    @Override
    public boolean javax() {
        return version.startsWith("5.");
    }

    @Override
    public int oldestJava() {
        return version.startsWith("7.") ? 21 : 17;
    }

    @Override
    public String session() {
        return "mail/shop";
    }

    @Override
    public ServerProcess start(Sandbox sandbox, Path war) throws IOException {
        Path micro = Software.artifact("fish.payara.extras:payara-micro:" + version);
        folder = Software.emptyFolder(name() + " " + jarIn());
        port = ServerProcess.freePort();
        Sample mail = Sample.of("payara/mail.asadmin")
                .with(sandbox)
                .with(
                        Sample.ENDPOINT.replace(":", "\\:"),
                        sandbox.endpoint().toString().replace(":", "\\:"));
        String listener =
                "configs.config.server-config.network-config.network-listeners.network-listener.http-listener";
        new Sample(mail.text() + "set " + listener + ".address=127.0.0.1\n").to(folder.resolve("mail.asadmin"));
        redeploy(war);
        return ServerProcess.java(folder, Map.of(), arguments(micro));
    }

    private List<String> arguments(Path micro) {
        List<String> arguments = new ArrayList<>();
        for (String opened : List.of("java.lang", "java.net", "java.util", "java.nio", "sun.nio.ch", "sun.net.www")) {
            arguments.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        arguments.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        arguments.addAll(List.of("-jar", micro.toString(), "--noCluster", "--disablephonehome"));
        arguments.addAll(
                List.of("--port", "" + port, "--rootDir", folder.resolve("root").toString()));
        arguments.addAll(
                List.of("--prebootcommandfile", folder.resolve("mail.asadmin").toString()));
        if (!inWar) {
            DropInJar jar = javax() ? DropInJar.JAVAX : DropInJar.ALL;
            arguments.addAll(List.of("--addLibs", jar.path().toString()));
        }
        arguments.addAll(List.of("--deploy", folder.resolve("shop").toString()));
        return arguments;
    }

    @Override
    public URI application() {
        return URI.create("http://127.0.0.1:" + port + "/shop/");
    }

    /** Unpacks it over what is there; Payara reloads the application when the file {@code .reload} is touched. */
    @Override
    public void redeploy(Path war) throws IOException {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        try (FileSystem files = FileSystems.newFileSystem(war)) {
            Software.copy(files.getPath("/"), shop);
        }
        Files.writeString(shop.resolve(".reload"), "");
        Files.setLastModifiedTime(shop.resolve(".reload"), FileTime.from(Instant.now()));
    }
}
