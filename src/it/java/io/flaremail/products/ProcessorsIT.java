package io.flaremail.products;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.dropin.Jvm;
import io.flaremail.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of products that send mail as they are told by host, port, user and password: run by a small program each. */
class ProcessorsIT {
    private static final String WRONG = "0123456789-0123456789-wrong-token-012345";

    private final Sandbox sandbox = Sandbox.start();
    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        smtp.start();
        smtp.setUser("billing@example.com", sandbox.account(), "anything");
    }

    @AfterEach
    void stop() {
        smtp.stop();
        sandbox.close();
    }

    @Test
    void flowable() throws Exception {
        ClassPath flowable = ClassPath.of(
                "org.flowable:flowable-engine:7.1.0", "com.h2database:h2:2.3.232", "org.slf4j:slf4j-nop:2.0.17");
        row("Flowable 7.1.0, mail task", "FlowableMail.java", DropInJar.ALL, flowable)
                .conclude();
    }

    @Test
    void nifi() throws Exception {
        ClassPath nifi = ClassPath.of(
                "org.apache.nifi:nifi-standard-processors:1.28.1",
                "org.apache.nifi:nifi-mock:1.28.1",
                "org.apache.nifi:nifi-oauth2-provider-api:1.28.1",
                "org.slf4j:slf4j-nop:2.0.17");
        row("NiFi 1.28.1, PutEmail", "NiFiMail.java", DropInJar.ALL, nifi).conclude();
    }

    /** A mail server that delivers: by host as a gateway, and by class to all hosts, since it may connect by IP address. */
    @Test
    void james() throws Exception {
        ClassPath james = ClassPath.of("org.apache.james:james-server-mailets:3.8.1", "org.slf4j:slf4j-nop:2.0.17");
        String program = "JamesDelivery.java";
        String ada = "ada@example.org";
        Jvm byHost = run(program, DropInJar.JAVAX, james, "api.cloudflare.com", sandbox.token(), ada, "-");
        String form = "io.flaremail.CloudflareSmtpTransport";
        Jvm byClass = run(program, DropInJar.JAVAX, james, "127.0.0.1", sandbox.token(), ada, form);
        boolean both = sandbox.mailbox(ada).size() == 2 && (byHost.out() + byClass.out()).equals("sent\nsent\n");
        Jvm bounce =
                run(program, DropInJar.JAVAX, james, "api.cloudflare.com", sandbox.token(), "bounce@example.org", "-");
        Jvm wrong = run(program, DropInJar.JAVAX, james, "api.cloudflare.com", WRONG, ada, "-");
        Jvm other = run(program, DropInJar.JAVAX, james, "127.0.0.1", "anything", ada, "-");
        new ProductRow(
                        "James 3.8.1, remote delivery",
                        "class path: `-javax`, `-smtp`, first",
                        both ? "yes" : "no: " + byHost + byClass,
                        "–",
                        "–",
                        shown(bounce, "bounced bounce@example.org"),
                        shown(wrong, "Cloudflare does not accept the API token"),
                        smtp.getReceivedMessages().length == 1 ? "yes" : "no: " + other)
                .conclude();
    }

    private ProductRow row(String product, String program, DropInJar jar, ClassPath theirs) throws Exception {
        Jvm sent = run(program, jar, theirs, "api.cloudflare.com", sandbox.token(), "ada@example.org");
        boolean once = sandbox.accepted().size() == 1;
        String mime = once ? new String(sandbox.accepted().get(0).mime(), StandardCharsets.UTF_8) : "";
        boolean blind = once && sandbox.mailbox("blind@example.org").size() == 1 && !mime.contains("blind@");
        Jvm bounce = run(program, jar, theirs, "api.cloudflare.com", sandbox.token(), "bounce@example.org");
        Jvm wrong = run(program, jar, theirs, "api.cloudflare.com", WRONG, "ada@example.org");
        Jvm other = run(program, jar, theirs, "127.0.0.1", "anything", "ada@example.org");
        return new ProductRow(
                product,
                "class path: `" + (jar == DropInJar.ALL ? "-all" : "-javax") + "`, `-smtp`, first",
                once && sent.out().contains("sent") ? "yes" : "no: " + sent,
                mime.contains("text/html") && mime.contains("filename=invoice.csv") ? "yes" : "no",
                blind ? "yes" : "no",
                shown(bounce, "bounced bounce@example.org"),
                shown(wrong, "Cloudflare does not accept the API token"),
                smtp.getReceivedMessages().length == 2 ? "yes" : "no: " + other);
    }

    private static String shown(Jvm program, String text) {
        return program.out().contains(text) && !program.out().contains("sent")
                ? "error: `…" + text + "…`"
                : "no: " + program;
    }

    private Jvm run(String program, DropInJar jar, ClassPath theirs, String host, String password, String to)
            throws Exception {
        Path file = Files.writeString(folder.resolve("invoice.csv"), "17;no room\n");
        return run(program, jar, theirs, host, password, to, file.toString());
    }

    private Jvm run(
            String program, DropInJar jar, ClassPath theirs, String host, String password, String to, String last)
            throws Exception {
        ClassPath all = ClassPath.of(jar.path(), DropInJar.form()).and(theirs);
        List<String> command = new ArrayList<>(List.of(
                "-Dmail.cloudflare.endpoint=" + sandbox.endpoint(),
                "-cp",
                all.toString(),
                Path.of("src/it/apps", program).toString(),
                host,
                String.valueOf(smtp.getSmtp().getPort()),
                sandbox.account(),
                password,
                to,
                last));
        return Jvm.run(command.toArray(String[]::new));
    }
}
