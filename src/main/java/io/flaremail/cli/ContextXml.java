package io.flaremail.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** The mail session in Tomcat's {@code context.xml}: a {@code Resource} whose attributes are the properties. */
final class ContextXml {
    private static final String TYPE = "(jakarta|javax)\\.mail\\.Session";

    private ContextXml() {}

    static boolean isXml(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 200), StandardCharsets.UTF_8);
        return start.replace("\uFEFF", "").trim().startsWith("<");
    }

    /** @return the attributes of the one mail session */
    static Properties read(byte[] content, Path file) throws CliException {
        NodeList resources = parse(content, file).getElementsByTagName("Resource");
        Properties found = null;
        for (int i = 0; i < resources.getLength(); i++) {
            Element resource = (Element) resources.item(i);
            if (resource.getAttribute("type").matches(TYPE)) {
                if (found != null) {
                    throw CliException.usage(
                            "--properties: " + file + " has several mail sessions: expected a file with one");
                }
                found = attributes(resource);
            }
        }
        if (found == null) {
            throw CliException.usage(
                    "--properties: expected key=value lines, or Tomcat's context.xml with a Resource whose type"
                            + " ends in .mail.Session; " + file + " is other XML");
        }
        return found;
    }

    private static Properties attributes(Element resource) {
        Properties properties = new Properties();
        NamedNodeMap attributes = resource.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            properties.setProperty(
                    attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
        }
        return properties;
    }

    /** DTDs are refused: without entities, no other file is read and no text is expanded. */
    private static Element parse(byte[] content, Path file) throws CliException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            return builder.parse(new ByteArrayInputStream(content)).getDocumentElement();
        } catch (SAXParseException e) {
            // The place alone: a message may quote the file.
            throw CliException.usage("--properties: " + file + " is not well-formed XML without a DTD: line "
                    + e.getLineNumber() + ", column " + e.getColumnNumber());
        } catch (SAXException | ParserConfigurationException | IOException e) {
            throw CliException.usage("--properties: cannot read " + file + " as XML: "
                    + e.getClass().getSimpleName());
        }
    }

    /** The default handler prints to standard error. */
    private static final class Silent extends DefaultHandler {
        @Override
        public void fatalError(SAXParseException e) throws SAXParseException {
            throw e;
        }
    }
}
