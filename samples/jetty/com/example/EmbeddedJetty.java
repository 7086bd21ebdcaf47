package com.example;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.plus.webapp.EnvConfiguration;
import org.eclipse.jetty.ee10.plus.webapp.PlusConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.ClassMatcher;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.xml.XmlConfiguration;

/** Embedded Jetty with one web application. Its context file defines the JNDI entries. */
public class EmbeddedJetty implements AutoCloseable {
    /** The package with the factory of mail sessions, which the web application's naming context must see. */
    private static final String FACTORIES = "org.eclipse.jetty.ee10.jndi.";

    private final Server server = new Server();
    private final ContextHandlerCollection webapps = new ContextHandlerCollection(true);
    private final ServerConnector connector = new ServerConnector(server);

    /** @param base not used, since no files are unpacked */
    public EmbeddedJetty(Path base) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(webapps);
        server.start();
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** @return the web application's class loader */
    public ClassLoader deploy(Path webapp, Path contextFile) throws Exception {
        WebAppContext context = new WebAppContext(webapp.toString(), "/shop");
        context.setServer(server);
        context.addConfiguration(new EnvConfiguration(), new PlusConfiguration());
        context.addProtectedClassMatcher(new ClassMatcher(FACTORIES));
        context.addHiddenClassMatcher(new ClassMatcher("-" + FACTORIES));
        new XmlConfiguration(ResourceFactory.of(context).newResource(contextFile)).configure(context);
        webapps.addHandler(context);
        context.start();
        return context.getClassLoader();
    }

    public void undeploy() throws Exception {
        WebAppContext context = webapps.getDescendant(WebAppContext.class);
        webapps.removeHandler(context);
        context.stop();
        context.destroy();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        server.destroy();
    }
}
