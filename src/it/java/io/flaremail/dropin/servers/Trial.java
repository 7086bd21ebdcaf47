package io.flaremail.dropin.servers;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

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
        ClassPath jar = ClassPath.of((javax ? DropInJar.JAVAX : DropInJar.ALL).path());
        Path webapp = WebApp.folder(folder.resolve("webapp"), javax, place.webInfLib(jar));
        Path filledIn = folder.resolve(configuration.getFileName());
        SampleConfiguration.filledIn(configuration, filledIn, javax, sandbox);
        Path base = Files.createDirectories(folder.resolve("server"));
        try (EmbeddedServer running = EmbeddedServer.start(program, jars.and(place.serverLib(jar)), javax, base)) {
            URI shop = URI.create("http://127.0.0.1:" + running.port() + "/shop");
            return row(place, running, () -> running.deploy(webapp, filledIn), new Visitor(sandbox, shop, SESSION));
        }
    }

    private ServerRow row(JarPlace place, EmbeddedServer running, Callable<ClassLoader> deployment, Visitor visitor)
            throws Exception {
        Undeployed first = new Undeployed(deployment.call());
        String byStatic = visitor.sends("static");
        String byTransport = visitor.sends("transport");
        String bySmtp = visitor.sends("smtp");
        String bounces = visitor.bounces();
        running.undeploy();
        boolean gone = first.isGone() && again(running, deployment, visitor) && again(running, deployment, visitor);
        return new ServerRow(
                server,
                "`-" + (javax ? "javax" : "all") + "`, " + place,
                byStatic,
                byTransport,
                bySmtp,
                byTransport, // there is no token but the password, and servers give that to the Authenticator only
                bounces,
                gone ? "yes" : "no");
    }

    private static boolean again(EmbeddedServer running, Callable<ClassLoader> deployment, Visitor visitor)
            throws Exception {
        Undeployed again = new Undeployed(deployment.call());
        boolean sent = visitor.sends("static").equals("yes");
        running.undeploy();
        return sent && again.isGone();
    }
}
