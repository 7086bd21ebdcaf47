package io.flaremail.dropin;

import io.flaremail.sandbox.SandboxExtension;
import java.util.ArrayList;
import java.util.List;

/** What an application configures instead of SMTP, as {@code key=value}. */
final class MailProperties {
    private MailProperties() {}

    static List<String> of(SandboxExtension sandbox, MailImplementation mail) {
        List<String> all = new ArrayList<>(List.of(
                "mail.transport.protocol=cloudflare",
                "mail.transport.protocol.rfc822=cloudflare",
                "mail.cloudflare.account=" + sandbox.account(),
                "mail.cloudflare.token=" + sandbox.token(),
                "mail.cloudflare.endpoint=" + sandbox.endpoint()));
        if (mail.isGeronimo()) {
            all.add("mail.smtp.class=" + Registration.TRANSPORT); // its Transport.send knows no .rfc822
        }
        return all;
    }
}
