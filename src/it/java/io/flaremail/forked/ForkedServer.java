package io.flaremail.forked;

import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A server that is installed, configured with a sample of {@code samples/}, and started in a process of its own. */
interface ForkedServer {
    /** As in docs/servers.md. */
    String name();

    /** Where the drop-in jar is, as in docs/servers.md. */
    String jarIn();

    /** Whether it is the web application that brings the jar. */
    boolean inWar();

    /** Whether its applications know {@code javax.mail}. */
    boolean javax();

    /** Whether it sets a security policy when it starts, which Java 24 and later refuse. */
    default boolean setsPolicy() {
        return javax();
    }

    /** The oldest Java that it runs on. */
    default int oldestJava() {
        return 17;
    }

    /** The JNDI name under which an application finds the session. */
    String session();

    /** Configures it for this account, and starts it with this web application. */
    ServerProcess start(Sandbox sandbox, Path war) throws IOException;

    /** Where the application is. */
    URI application();

    /** Puts this web application in the place of the one that runs, as the server's documentation tells to. */
    void redeploy(Path war) throws IOException;
}
