package io.flaremail.cli;

import io.flaremail.SessionSettings;
import io.flaremail.api.CloudflareEmail;
import jakarta.mail.MessagingException;
import java.util.Properties;

/** A client by session properties: proxy, TLS and timeouts as the application has them. Apart, since it needs Jakarta Mail. */
final class FileClient {
    private FileClient() {}

    static CloudflareEmail.Builder builder(Settings settings) throws Trouble {
        try {
            Properties transport = new Properties();
            transport.putAll(settings.properties());
            transport.remove("mail.cloudflare.endpoint"); // --endpoint may go first
            return SessionSettings.client(transport);
        } catch (MessagingException malformed) {
            throw Trouble.usage(malformed.getMessage());
        }
    }
}
