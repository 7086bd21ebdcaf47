package io.flaremail.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** An application's session properties: its own file, Spring Boot's, or Tomcat's context.xml. */
final class PropertiesFile {
    private static final String SPRING = "spring.mail.";
    private static final String SPRING_SESSION = SPRING + "properties";

    /** The properties with a known value. */
    final Properties session = new Properties();

    /** The keys without a known value, and the names of the placeholders in them. */
    final Map<String, Set<String>> unresolved = new TreeMap<>();

    /** What the framework or server passes to {@code connect}; null for none. */
    final String user;

    final String password;

    private PropertiesFile(Properties file, UnaryOperator<String> environment) {
        Placeholders placeholders = new Placeholders(file, environment);
        for (String key : file.stringPropertyNames()) {
            String sessionKey = sessionKey(key);
            String value = file.getProperty(key);
            Set<String> names = placeholders.unresolved(value);
            boolean read = sessionKey != null || isCredential(key);
            if (read && !names.isEmpty()) {
                unresolved.put(key, Collections.unmodifiableSet(names));
            } else if (sessionKey != null) {
                session.setProperty(sessionKey, placeholders.resolve(value));
            }
        }
        this.user = credential(file, placeholders, SPRING + "username", "mail.user");
        this.password = credential(file, placeholders, SPRING + "password", "password");
    }

    /** For a command without a file. */
    static PropertiesFile none() {
        return new PropertiesFile(new Properties(), name -> null);
    }

    static PropertiesFile read(Path file, UnaryOperator<String> environment) throws CliException {
        if (file.toString().matches("(?i).*\\.ya?ml")) {
            throw CliException.usage("--properties: expected key=value lines, not YAML");
        }
        byte[] content = bytes(file);
        return new PropertiesFile(
                ContextXml.isXml(content) ? ContextXml.read(content, file) : lines(content, file), environment);
    }

    private static byte[] bytes(Path file) throws CliException {
        try (InputStream in = Files.newInputStream(file)) {
            return Input.bytes(in, "--properties");
        } catch (IOException e) {
            throw CliException.usage("--properties: cannot read " + file + ": " + Input.reason(file, e));
        }
    }

    private static Properties lines(byte[] content, Path file) throws CliException {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(content));
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            // The reason alone: a message may quote the file.
            throw CliException.usage("--properties: cannot read " + file + ": " + Input.reason(file, e));
        }
    }

    /** Null for a key of other software. Spring Boot's prefix is left out, so that its file can be given as it is. */
    private static String sessionKey(String key) {
        if (key.startsWith(SPRING_SESSION + ".")) {
            return key.substring(SPRING_SESSION.length() + 1);
        }
        if (key.startsWith(SPRING_SESSION + "[") && key.endsWith("]")) {
            return key.substring(SPRING_SESSION.length() + 1, key.length() - 1);
        }
        if (key.equals(SPRING + "protocol")) {
            return "mail.transport.protocol";
        }
        // A stray one is unused, and reported by doctor.
        return key.startsWith("mail.") || Spelling.isStray(key) ? key : null;
    }

    /** Otherwise the password may still be that of the mail server; see Credentials. */
    boolean isForCloudflare() {
        return "cloudflare".equals(session.getProperty("mail.transport.protocol"))
                || "cloudflare".equals(session.getProperty("mail.transport.protocol.rfc822"));
    }

    private static boolean isCredential(String key) {
        return key.equals(SPRING + "username") || key.equals(SPRING + "password") || key.equals("password");
    }

    private static String credential(Properties file, Placeholders placeholders, String springs, String tomcats) {
        String value = file.getProperty(springs, file.getProperty(tomcats));
        return value == null || !placeholders.unresolved(value).isEmpty() ? null : placeholders.resolve(value);
    }
}
