package io.flaremail.products;

import io.flaremail.SmtpServer;
import io.flaremail.dropin.DropInJar;
import io.flaremail.forked.ServerProcess;
import io.flaremail.forked.Software;
import io.flaremail.forked.TomcatBase;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Apache JSPWiki on Tomcat 9, with javax.mail 1.4.7 in its WAR: it mails a new password to users who have lost theirs. */
class JspWikiIT {
    private static final String VERSION = "2.11.2";
    private static final String TOMCAT = "9.0.98";

    private static final String USERS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <users>
              <user uid="1" loginName="ada" fullName="Ada" wikiName="Ada" email="ada@example.org" password="{SHA}x"
                    created="2026.01.01 at 00:00:00:000 UTC" lastModified="2026.01.01 at 00:00:00:000 UTC"/>
              <user uid="2" loginName="bob" fullName="Bob" wikiName="Bob" email="bounce@example.org" password="{SHA}x"
                    created="2026.01.01 at 00:00:00:000 UTC" lastModified="2026.01.01 at 00:00:00:000 UTC"/>
            </users>
            """;

    private final Sandbox sandbox = Sandbox.start();

    @RegisterExtension
    final SmtpServer smtp = new SmtpServer();

    private ServerProcess tomcat;
    private Path base;
    private Path log;
    private int port;

    @AfterEach
    void stop() {
        if (tomcat != null) {
            tomcat.close();
        }
        sandbox.close();
    }

    @Test
    void sendsWhatItsPropertiesSay() throws Exception {
        start("api.cloudflare.com", sandbox.token());
        String answer = losesPassword("ada@example.org");
        String plain = sandbox.mailbox("ada@example.org").size() == 1 ? "yes" : "no: " + answer;
        losesPassword("bounce@example.org");
        String bounce = logged("Tried to reset password and got SendFailedException", "bounced bounce@example.org");
        tomcat.close();
        start("api.cloudflare.com", "0123456789-0123456789-wrong-token-012345");
        losesPassword("ada@example.org");
        String wrong = logged("got AuthenticationFailedException", "Cloudflare does not accept the API token");
        tomcat.close();
        start("127.0.0.1", null);
        String other = losesPassword("ada@example.org");
        new ProductRow(
                        "JSPWiki " + VERSION + " on Tomcat 9, javax.mail 1.4.7",
                        "`WEB-INF/lib`: `-javax`, `-smtp`",
                        plain,
                        "–",
                        "–",
                        bounce,
                        wrong,
                        smtp.received().length == 1 ? "yes" : "no: " + other)
                .conclude();
    }

    /** The user is told to ask the administrator, for whom the reason is in the log. */
    private String logged(String exception, String text) throws IOException {
        String all = Files.readString(log);
        boolean found = all.lines().anyMatch(line -> line.contains(exception) && line.contains(text));
        return found ? "log: `…" + text + "…`" : "no";
    }

    private String losesPassword(String address) {
        return tomcat.get(application("LostPassword.jsp?action=resetPassword&name=" + address));
    }

    private URI application(String path) {
        return URI.create("http://127.0.0.1:" + port + "/wiki/" + path);
    }

    private void start(String host, String password) throws IOException {
        Path home = Software.unpacked("org.apache.tomcat:tomcat:zip:" + TOMCAT);
        port = ServerProcess.freePort();
        base = TomcatBase.create("jspwiki", home, port);
        log = base.resolve("server.log");
        for (String folder : List.of("pages", "work")) {
            Files.createDirectories(base.resolve(folder));
        }
        deploy(host, password);
        tomcat = ServerProcess.java(
                base,
                Map.of("MAIL_CLOUDFLARE_ENDPOINT", sandbox.endpoint().toString()),
                TomcatBase.arguments(home, base));
        tomcat.await(
                "JSPWiki",
                Duration.ofMinutes(4),
                () -> !tomcat.get(application("LostPassword.jsp")).isEmpty());
    }

    private void deploy(String host, String password) throws IOException {
        Path wiki = base.resolve("webapps/wiki");
        try (FileSystem war =
                FileSystems.newFileSystem(Software.artifact("org.apache.jspwiki:jspwiki-war:war:" + VERSION))) {
            Software.copy(war.getPath("/"), wiki);
        }
        for (Path jar : List.of(DropInJar.JAVAX.path(), DropInJar.form())) {
            Files.copy(jar, wiki.resolve("WEB-INF/lib").resolve(jar.getFileName()));
        }
        Path users = Files.writeString(base.resolve("users.xml"), USERS);
        Files.writeString(
                Files.createDirectories(wiki.resolve("WEB-INF/classes")).resolve("jspwiki-custom.properties"),
                "jspwiki.fileSystemProvider.pageDir=" + base.resolve("pages")
                        + "\njspwiki.workDir=" + base.resolve("work")
                        + "\njspwiki.xmlUserDatabaseFile=" + users
                        + "\nmail.from=billing@example.com\nmail.smtp.host=" + host
                        + "\nmail.smtp.port=" + smtp.port()
                        + "\nmail.smtp.starttls.enable=false"
                        + (password == null
                                ? ""
                                : "\nmail.smtp.account=" + sandbox.account() + "\nmail.smtp.password=" + password)
                        + "\n",
                StandardCharsets.ISO_8859_1);
    }
}
