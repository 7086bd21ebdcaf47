package io.flaremail.forked;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.dropin.servers.ServerRow;
import io.flaremail.dropin.servers.WebApp;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What the application in one server can do; the answer is a row in docs/servers.md. */
final class Trial implements AutoCloseable {
    private final ForkedServer server;
    private final Sandbox sandbox = Sandbox.start();
    private final Path folder;
    private ServerProcess process;

    private Trial(ForkedServer server) throws IOException {
        this.server = server;
        folder = Software.emptyFolder("wars of " + server.name() + " " + server.jarIn());
    }

    static void of(ForkedServer server) throws IOException {
        int java = Runtime.version().feature();
        if (server.setsPolicy() && java >= 24) {
            skip(server, "it sets a security policy when it starts, which Java 24 and later refuse");
        }
        if (java < server.oldestJava()) {
            skip(server, "it needs Java " + server.oldestJava() + " or later");
        }
        try (Trial trial = new Trial(server)) {
            ServerRow row = trial.row();
            System.out.println(row);
            row.conclude();
        }
    }

    private static void skip(ForkedServer server, String why) {
        String reason = "SKIPPED: " + server.name() + ", " + server.jarIn() + ": " + why;
        System.out.println(reason);
        Assumptions.abort(reason);
    }

    private ServerRow row() throws IOException {
        process = server.start(sandbox, war(1));
        awaitVersion(1);
        String byStatic = sends("static");
        String byTransport = sends("transport");
        String bySmtp = sends("smtp");
        boolean any = Stream.of(byStatic, byTransport, bySmtp).anyMatch("yes"::equals);
        // The samples give the token in no other way, so whatever was sent shows that it came.
        String authenticator = any ? "yes" : "no";
        String how = byStatic.equals("yes") ? "static" : "smtp";
        return new ServerRow(
                server.name(),
                server.jarIn(),
                byStatic,
                byTransport,
                bySmtp,
                authenticator,
                bounces(how),
                redeploys(how));
    }

    private String sends(String how) {
        String to = how + "@example.org";
        int before = sandbox.mailbox(to).size();
        String answer = ask(how, to);
        boolean arrived = sandbox.mailbox(to).size() == before + 1;
        return said(how, answer.equals("sent") && arrived, answer);
    }

    private String bounces(String how) {
        String answer = ask(how, "there@example.org,bounce@example.org");
        return said("bounce", answer.equals("failed, sent [there@example.org], invalid [bounce@example.org]"), answer);
    }

    private String redeploys(String how) throws IOException {
        for (int version = 2; version <= 3; version++) {
            server.redeploy(war(version));
            awaitVersion(version);
            if (!sends(how).equals("yes")) {
                return "no";
            }
        }
        return said("redeploy", collected(), "the class loaders of replaced applications are still there");
    }

    /**
     * Whether replaced applications go. Each of the three has sent, so that what held their class loaders because of that
     * would hold all. One that was replaced may stay: WildFly 39 keeps one, also of an application that sends nothing.
     */
    private boolean collected() {
        try {
            process.await("A collection", Duration.ofSeconds(20), () -> {
                long there = process.classesNamed("com.example.SendMail");
                return there == 1 || there == 2;
            });
            return true;
        } catch (AssertionError leak) {
            return false;
        }
    }

    private String said(String what, boolean yes, String answer) {
        if (!yes) {
            System.out.println(server.name() + ", " + server.jarIn() + ", " + what + ": " + answer);
        }
        return yes ? "yes" : "no";
    }

    private String ask(String how, String to) {
        String query = "send?session=" + encoded(server.session()) + "&how=" + how + "&to=" + encoded(to);
        return process.get(URI.create(server.application() + query));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void awaitVersion(int version) {
        URI uri = URI.create(server.application() + "version.txt");
        process.await(
                "Version " + version + " at " + uri,
                Duration.ofMinutes(4),
                () -> process.get(uri).equals("" + version));
    }

    /** The application, with a file that says which one it is: the servers are asked for it after a redeployment. */
    private Path war(int version) throws IOException {
        DropInJar jar = server.javax() ? DropInJar.JAVAX : DropInJar.ALL;
        ClassPath lib = server.inWar() ? ClassPath.of(jar.path()) : ClassPath.of(new Path[0]);
        Path war = WebApp.war(folder.resolve(version + ".war"), server.javax(), lib);
        try (FileSystem files = FileSystems.newFileSystem(war)) {
            Files.writeString(files.getPath("version.txt"), "" + version);
        }
        return war;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        sandbox.close();
    }
}
