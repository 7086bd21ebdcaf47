package com.example;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

/** Embedded Tomcat with one web application. Its context file defines the JNDI entries. */
public class EmbeddedTomcat implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();

    /** @param base a folder for Tomcat's own files */
    public EmbeddedTomcat(Path base) throws LifecycleException {
        TomcatURLStreamHandlerFactory.disable(); // a process can have only one
        tomcat.setBaseDir(base.toString());
        tomcat.getEngine().setParentClassLoader(EmbeddedTomcat.class.getClassLoader());
        tomcat.getHost(); // the first call creates it
        tomcat.enableNaming();
        tomcat.setPort(0);
        Connector connector = tomcat.getConnector();
        connector.setProperty("address", "127.0.0.1");
        tomcat.start();
    }

    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** @return the web application's class loader */
    public ClassLoader deploy(Path webapp, Path contextFile) throws IOException {
        StandardContext context = new StandardContext();
        context.setPath("/shop");
        context.setDocBase(webapp.toString());
        context.setConfigFile(contextFile.toUri().toURL());
        ContextConfig webXml = new ContextConfig();
        webXml.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(webXml);
        context.getJarScanner().setJarScanFilter((type, jar) -> false); // no annotated classes in jars; saves a second
        tomcat.getHost().addChild(context);
        return context.getLoader().getClassLoader();
    }

    public void undeploy() {
        tomcat.getHost().removeChild(tomcat.getHost().findChild("/shop"));
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
