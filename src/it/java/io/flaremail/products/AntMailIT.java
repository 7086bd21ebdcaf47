package io.flaremail.products;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.dropin.Jvm;
import io.flaremail.sandbox.Accepted;
import io.flaremail.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache Ant's mail task, whose attributes are host, port, user and password. */
class AntMailIT {
    private static final String VERSION = "1.10.15";

    private static final String BUILD = """
            <project default="mail">
              <target name="mail">
                <mail mailhost="%s" mailport="%d" user="%s" password="%s" from="billing@example.com" tolist="%s"
                      bcclist="blind@example.org" subject="Your invoice" encoding="mime" messagemimetype="text/html">
                  <message>&lt;p&gt;Attached.&lt;/p&gt;</message>
                  <fileset file="invoice.csv"/>
                </mail>
              </target>
            </project>
            """;

    private final Sandbox sandbox = Sandbox.start();
    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        smtp.stop();
        sandbox.close();
    }

    @Test
    void sendsWhatItsAttributesSay() throws Exception {
        smtp.start();
        smtp.setUser("billing@example.com", sandbox.account(), "anything");
        Files.writeString(folder.resolve("invoice.csv"), "17;no room\n");
        Jvm sent = ant("api.cloudflare.com", sandbox.token(), "ada@example.org");
        List<Accepted> accepted = sandbox.accepted();
        String mime = accepted.isEmpty() ? "" : new String(accepted.get(0).mime(), StandardCharsets.UTF_8);
        boolean blind = sandbox.mailbox("blind@example.org").size() == 1 && !mime.contains("blind@");
        Jvm bounce = ant("api.cloudflare.com", sandbox.token(), "bounce@example.org");
        Jvm wrong = ant("api.cloudflare.com", "0123456789-0123456789-wrong-token-012345", "ada@example.org");
        Jvm other = ant("127.0.0.1", "anything", "ada@example.org");
        new ProductRow(
                        "Ant " + VERSION,
                        "class path: `-all`, `-smtp`",
                        sent.exit() == 0 ? "yes" : "no: " + sent.err(),
                        mime.contains("text/html") && mime.contains("filename=invoice.csv") ? "yes" : "no",
                        blind ? "yes" : "no",
                        shown(bounce, "bounced bounce@example.org"),
                        shown(wrong, "Cloudflare does not accept the API token"),
                        smtp.getReceivedMessages().length == 2 ? "yes" : "no: " + other.err())
                .conclude();
    }

    /** The build fails, and prints our text. */
    private static String shown(Jvm ant, String text) {
        boolean shown = ant.exit() != 0 && ant.out().contains(text);
        return shown ? "output: `…" + text + "…`" : "no: " + ant.out() + ant.err();
    }

    private Jvm ant(String host, String password, String to) throws Exception {
        Path build = Files.writeString(
                folder.resolve("build.xml"),
                BUILD.formatted(host, smtp.getSmtp().getPort(), sandbox.account(), password, to));
        ClassPath all = ClassPath.of(DropInJar.ALL.path(), DropInJar.form())
                .and(ClassPath.of(
                        "org.apache.ant:ant:" + VERSION,
                        "org.apache.ant:ant-jakartamail:" + VERSION,
                        "org.eclipse.angus:angus-mail:2.0.5"));
        return Jvm.run(
                "-Dmail.cloudflare.endpoint=" + sandbox.endpoint(),
                "-cp",
                all.toString(),
                "org.apache.tools.ant.Main",
                "-f",
                build.toString());
    }
}
