package io.flaremail.demo;

import java.util.Map;

/** Where everything happens, and the properties that are all it takes. */
final class Opening {
    private Opening() {}

    static void play(Map<String, String> properties, Page page) {
        page.heading("Flaremail: plain Jakarta Mail, sent through Cloudflare Email Sending");
        page.paragraph("A simulated Cloudflare runs inside this process; nothing leaves the machine."
                + " All that is particular about the mail session:");
        page.gap();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            boolean secret = property.getKey().endsWith(".token");
            page.line(String.format(
                    "%-32s%s", property.getKey(), secret ? "(hidden, 40 characters)" : property.getValue()));
        }
    }
}
