package io.flaremail.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Session properties in a file, as an application's own or a framework's. */
final class PropertiesFile {
    private static final String SPRING = "spring.mail.properties.";

    private PropertiesFile() {}

    static Properties read(Path file) throws Trouble {
        if (file.toString().matches("(?i).*\\.ya?ml")) {
            throw Trouble.usage("--properties: expected key=value lines, not YAML");
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException unreadable) {
            // The reason alone: a message may quote the file.
            throw Trouble.usage("--properties: cannot read " + file + ": " + Input.reason(file, unreadable));
        }
        return unprefixed(properties);
    }

    /** Spring Boot's prefix is left out, so that its file can be given as it is. */
    private static Properties unprefixed(Properties properties) {
        Properties session = new Properties();
        for (String key : properties.stringPropertyNames()) {
            String value = String.valueOf(properties.get(key));
            if (key.startsWith("mail.")) {
                session.setProperty(key, value);
            } else if (key.startsWith(SPRING)) {
                session.setProperty(key.substring(SPRING.length()), value);
            } else if (key.equals("spring.mail.protocol")) {
                session.setProperty("mail.transport.protocol", value);
            } else if (Spelling.isStray(key)) {
                session.setProperty(key, value); // unused, and reported by doctor
            }
        }
        return session;
    }
}
