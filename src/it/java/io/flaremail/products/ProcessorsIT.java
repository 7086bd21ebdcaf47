package io.flaremail.products;

import io.flaremail.SmtpServer;
import io.flaremail.config.Endpoint;
import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.dropin.Jvm;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Products, or the part that sends mail, that are told host, port, user and password: by a build file, or by a small program. */
class ProcessorsIT {
    private static final String ADA = "ada@example.org";
    private static final String FIRST = "class path: `-all`, `-smtp`, first";
    private static final String WRONG = "0123456789-0123456789-wrong-token-012345";

    private static final String ANT = """
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

    @RegisterExtension
    final SmtpServer smtp = new SmtpServer();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        smtp.addUser("billing@example.com", sandbox.account(), "anything");
        Files.writeString(folder.resolve("invoice.csv"), "17;no room\n");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void ant() throws Exception {
        ClassPath ant = ours(DropInJar.ALL)
                .and(ClassPath.of(
                        "org.apache.ant:ant:1.10.15",
                        "org.apache.ant:ant-jakartamail:1.10.15",
                        "org.eclipse.angus:angus-mail:2.0.5"));
        row("Ant 1.10.15", "class path: `-all`, `-smtp`", "output", (host, password, to) -> {
                    Path build = Files.writeString(
                            folder.resolve("build.xml"),
                            ANT.formatted(host, smtp.port(), sandbox.account(), password, to));
                    return run(ant, "org.apache.tools.ant.Main", "-f", build.toString());
                })
                .conclude();
    }

    @Test
    void flowable() throws Exception {
        ClassPath flowable = ours(DropInJar.ALL)
                .and(ClassPath.of(
                        "org.flowable:flowable-engine:7.1.0",
                        "com.h2database:h2:2.3.232",
                        "org.slf4j:slf4j-nop:2.0.17"));
        row("Flowable 7.1.0, mail task", FIRST, "error", program("FlowableMail.java", flowable))
                .conclude();
    }

    @Test
    void nifi() throws Exception {
        ClassPath nifi = ours(DropInJar.ALL)
                .and(ClassPath.of(
                        "org.apache.nifi:nifi-standard-processors:1.28.1",
                        "org.apache.nifi:nifi-mock:1.28.1",
                        "org.apache.nifi:nifi-oauth2-provider-api:1.28.1",
                        "org.slf4j:slf4j-nop:2.0.17"));
        row("NiFi 1.28.1, PutEmail", FIRST, "error", program("NiFiMail.java", nifi))
                .conclude();
    }

    /** A mail server that delivers: by host as a gateway, and by class to all hosts, since it may connect by IP address. */
    @Test
    void james() throws Exception {
        ClassPath james = ours(DropInJar.JAVAX)
                .and(ClassPath.of("org.apache.james:james-server-mailets:3.8.1", "org.slf4j:slf4j-nop:2.0.17"));
        Form byHost = (host, password, to) -> run(james, "JamesDelivery.java", host, password, to, "-");
        Jvm first = byHost.sends(Endpoint.FORM_HOST, sandbox.token(), ADA);
        String allHosts = "io.flaremail.CloudflareSmtpTransport";
        Jvm byClass = run(james, "JamesDelivery.java", "127.0.0.1", sandbox.token(), ADA, allHosts);
        boolean both = sandbox.mailbox(ADA).size() == 2 && (first.out() + byClass.out()).equals("sent\nsent\n");
        new ProductRow(
                        "James 3.8.1, remote delivery",
                        FIRST.replace("-all", "-javax"),
                        both ? "yes" : "no: " + first + byClass,
                        "–",
                        "–",
                        bounce("error", byHost),
                        wrongToken("error", byHost),
                        otherHost(1, byHost))
                .conclude();
    }

    /** A product that was told these by its form; it prints {@code sent} or the failure, or ends with an error. */
    private interface Form {
        Jvm sends(String host, String password, String to) throws Exception;
    }

    private static ClassPath ours(DropInJar jar) {
        return ClassPath.of(jar.path(), DropInJar.form());
    }

    /** A program of {@code src/it/apps}, which also gets a file to attach. */
    private Form program(String source, ClassPath all) {
        return (host, password, to) -> run(
                all, source, host, password, to, folder.resolve("invoice.csv").toString());
    }

    private ProductRow row(String product, String jars, String where, Form form) throws Exception {
        Jvm sent = form.sends(Endpoint.FORM_HOST, sandbox.token(), ADA);
        boolean once = sandbox.accepted().size() == 1;
        String mime = once ? new String(sandbox.accepted().get(0).mime(), StandardCharsets.UTF_8) : "";
        boolean blind = once && sandbox.mailbox("blind@example.org").size() == 1 && !mime.contains("blind@");
        return new ProductRow(
                product,
                jars,
                once && sent.exit() == 0 && succeeded(sent) ? "yes" : "no: " + sent,
                mime.contains("text/html") && mime.contains("filename=invoice.csv") ? "yes" : "no",
                blind ? "yes" : "no",
                bounce(where, form),
                wrongToken(where, form),
                otherHost(2, form));
    }

    private String bounce(String where, Form form) throws Exception {
        return shown(
                where,
                "bounced bounce@example.org",
                form.sends(Endpoint.FORM_HOST, sandbox.token(), "bounce@example.org"));
    }

    private String wrongToken(String where, Form form) throws Exception {
        return shown(where, "Cloudflare does not accept the API token", form.sends(Endpoint.FORM_HOST, WRONG, ADA));
    }

    private String otherHost(int copies, Form form) throws Exception {
        Jvm other = form.sends("127.0.0.1", "anything", ADA);
        return smtp.received().length == copies ? "yes" : "no: " + other;
    }

    private static String shown(String where, String text, Jvm form) {
        return form.out().contains(text) && !succeeded(form) ? where + ": `…" + text + "…`" : "no: " + form;
    }

    private static boolean succeeded(Jvm form) {
        return form.out().contains("sent") || form.out().contains("BUILD SUCCESSFUL");
    }

    /** A program of ours, told host, port, user, password, recipient and something else. */
    private Jvm run(ClassPath all, String source, String host, String password, String to, String last)
            throws Exception {
        String[] told = {host, "" + smtp.port(), sandbox.account(), password, to, last};
        return run(all, Path.of("src/it/apps", source).toString(), told);
    }

    private Jvm run(ClassPath all, String main, String... args) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("-Dmail.cloudflare.endpoint=" + sandbox.endpoint(), "-cp", all.toString(), main));
        command.addAll(List.of(args));
        return Jvm.run(command.toArray(String[]::new));
    }
}
