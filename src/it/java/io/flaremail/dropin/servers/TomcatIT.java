package io.flaremail.dropin.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.Compiled;
import io.flaremail.dropin.DropInJar;
import io.flaremail.sandbox.SandboxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat of every kind in use: only its context file mentions us. */
@Timeout(120)
class TomcatIT {
    private static final Path SAMPLE = Path.of("samples/tomcat");

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "9.0.123, com.sun.mail:javax.mail:1.6.2, SERVER_LIB",
        "9.0.123, com.sun.mail:javax.mail:1.6.2, WEB_INF_LIB",
        "10.1.59, org.eclipse.angus:angus-mail:2.0.5, SERVER_LIB",
        "10.1.59, org.eclipse.angus:angus-mail:2.0.5, WEB_INF_LIB",
        "11.0.27, org.eclipse.angus:angus-mail:2.0.5, SERVER_LIB",
        "11.0.27, org.eclipse.angus:angus-mail:2.0.5, WEB_INF_LIB"
    })
    void aWebApplicationSends(String version, String mail, JarPlace place) throws Exception {
        new Trial(
                        "Tomcat " + version,
                        version.startsWith("9."),
                        ClassPath.of("org.apache.tomcat.embed:tomcat-embed-core:" + version, mail),
                        SAMPLE.resolve("com/example/EmbeddedTomcat.java"),
                        SAMPLE.resolve("context.xml"))
                .run(place, folder, sandbox.get())
                .conclude();
    }

    /** A WAR with a mail jar of its own, which cannot be changed: its context file puts the drop-in jar beside that one. */
    @ParameterizedTest
    @ValueSource(strings = {"1.4.7", "1.6.2"})
    void aWarWithAMailJarOfItsOwnSends(String version) throws Exception {
        Path opt = Files.createDirectories(folder.resolve("opt"));
        Files.copy(DropInJar.JAVAX.path(), opt.resolve("flaremail.jar"));
        assertEquals("sent", visit(version, opt, new ClassPath(List.of())));
        assertEquals(1, sandbox.mailbox("ada@example.org").size());
    }

    /** In the server's library, the jar does not see the mail API of the WAR. */
    @ParameterizedTest
    @CsvSource({"1.4.7, Transport", "1.6.2, Provider"})
    void aServersJarDoesNotSeeTheMailJarOfAWar(String version, String missing) throws Exception {
        Path nothing = Files.createDirectories(folder.resolve("opt"));
        String answer = visit(version, nothing, ClassPath.of(DropInJar.JAVAX.path()));
        assertEquals("java.lang.NoClassDefFoundError: javax/mail/" + missing, answer);
    }

    private String visit(String mailVersion, Path opt, ClassPath serverLib) throws Exception {
        ClassPath mail = ClassPath.of("com.sun.mail:javax.mail:" + mailVersion);
        Path inf = Files.createDirectories(folder.resolve("webapp/WEB-INF/lib")).getParent();
        for (Path jar : mail.places()) {
            Files.copy(jar, inf.resolve("lib").resolve(jar.getFileName()));
        }
        ClassPath api = mail.and(ClassPath.only("javax.servlet:javax.servlet-api:4.0.1"));
        Compiled.into(inf.resolve("classes"), api, false, Path.of("src/it/apps/OwnSession.java"));
        Files.writeString(
                inf.resolve("web.xml"),
                "<web-app version=\"3.0\"><servlet><servlet-name>s</servlet-name>"
                        + "<servlet-class>example.OwnSession</servlet-class></servlet><servlet-mapping>"
                        + "<servlet-name>s</servlet-name><url-pattern>/*</url-pattern></servlet-mapping></web-app>");
        ClassPath server = ClassPath.of("org.apache.tomcat.embed:tomcat-embed-core:9.0.123")
                .and(serverLib);
        Path base = Files.createDirectories(folder.resolve("server"));
        try (EmbeddedServer running =
                EmbeddedServer.start(SAMPLE.resolve("com/example/EmbeddedTomcat.java"), server, true, base)) {
            running.deploy(inf.getParent(), context(opt));
            URI shop = URI.create("http://127.0.0.1:" + running.port() + "/shop/");
            HttpRequest request = HttpRequest.newBuilder(shop).build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        }
    }

    /** The sample's context file, with the application's session properties as parameters. */
    private Path context(Path opt) throws IOException {
        StringBuilder parameters = new StringBuilder();
        Map<String, String> properties = Map.of(
                "mail.transport.protocol", "cloudflare",
                "mail.transport.protocol.rfc822", "cloudflare",
                "mail.cloudflare.account", sandbox.account(),
                "mail.cloudflare.token", sandbox.token(),
                "mail.cloudflare.endpoint", sandbox.endpoint().toString());
        properties.forEach(
                (name, value) -> parameters.append("<Parameter name=\"" + name + "\" value=\"" + value + "\"/>"));
        String sample = Files.readString(SAMPLE.resolve("own-mail-jar.xml"));
        return Files.writeString(
                folder.resolve("context.xml"),
                sample.replace("/opt/flaremail", opt.toString()).replace("</Context>", parameters + "</Context>"));
    }
}
