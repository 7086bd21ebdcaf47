package io.flaremail.dropin.servers;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One server with the jar in one place: it is started, the web application deployed three times, and asked to send.
 *
 * @param server name and version
 * @param jars the server's own, and the mail jars
 * @param program the sample that runs it
 * @param configuration the sample that names us
 */
record Trial(String server, boolean javax, ClassPath jars, Path program, Path configuration) {
    private static final String SESSION = "java:comp/env/mail/session";

    ServerRow run(JarPlace place, Path folder, Sandbox sandbox) throws Exception {
        DropInJar jar = javax ? DropInJar.JAVAX : DropInJar.ALL;
        Path webapp = WebApp.folder(folder.resolve("webapp"), javax, place.webInfLib(jar));
        Path filledIn = SampleConfiguration.filledIn(
                configuration, folder.resolve(configuration.getFileName()), javax, sandbox);
        Path base = Files.createDirectories(folder.resolve("server"));
        try (EmbeddedServer running = EmbeddedServer.start(program, jars.and(place.serverLib(jar)), javax, base)) {
            Visitor visitor = new Visitor(sandbox, URI.create("http://127.0.0.1:" + running.port() + "/shop"), SESSION);
            Undeployed first = new Undeployed(running.deploy(webapp, filledIn));
            String byStatic = visitor.sends("static");
            String byTransport = visitor.sends("transport");
            String bySmtp = visitor.sends("smtp");
            String bounces = visitor.bounces();
            running.undeploy();
            boolean gone = first.isGone()
                    && again(running, webapp, filledIn, visitor)
                    && again(running, webapp, filledIn, visitor);
            // There is no token but the password, which servers give to the Authenticator only.
            String authenticator = byTransport;
            String which = "`-" + (javax ? "javax" : "all") + "`, " + place;
            return new ServerRow(
                    server, which, byStatic, byTransport, bySmtp, authenticator, bounces, gone ? "yes" : "no");
        }
    }

    private static boolean again(EmbeddedServer running, Path webapp, Path configuration, Visitor visitor)
            throws Exception {
        Undeployed again = new Undeployed(running.deploy(webapp, configuration));
        boolean sent = visitor.sends("static").equals("yes");
        running.undeploy();
        return sent && again.isGone();
    }
}
