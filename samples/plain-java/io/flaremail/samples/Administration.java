package io.flaremail.samples;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.Email;
import io.flaremail.api.NewSuppression;
import io.flaremail.api.SendResult;
import io.flaremail.api.SendingSubdomains;
import io.flaremail.api.SubdomainChange;
import io.flaremail.api.Suppressions;
import io.flaremail.api.Zone;
import io.flaremail.sandbox.Sandbox;
import java.time.Duration;

/** Onboards a sending domain, waits for its DNS, drops suppressed recipients, and sends a message without MIME. */
public final class Administration {
    private Administration() {}

    public static void main(String[] args) throws CloudflareApiException {
        try (Sandbox sandbox = Sandbox.start();
                CloudflareEmail cloudflare = CloudflareEmail.builder()
                        .token(sandbox.token())
                        .endpoint(sandbox.endpoint()) // omit it for the live service
                        .build()) {
            onboard(cloudflare, sandbox.account(), email());
            System.out.println("messages in Grace's mailbox: "
                    + sandbox.mailbox("grace@example.org").size());
        }
    }

    private static void onboard(CloudflareEmail cloudflare, String account, Email email) throws CloudflareApiException {
        // tag::onboard[]
        Zone zone = cloudflare.zones().find("example.com").orElseThrow();
        SendingSubdomains subdomains = cloudflare.subdomains(zone.getId());
        String id = subdomains.create("news.example.com").getTag();
        subdomains.awaitReady(id, Duration.ofMinutes(3), System.out::println);
        subdomains.update(id, SubdomainChange.none().dropSuppressedRecipients(true));
        Suppressions suppressions = cloudflare.suppressions(account);
        suppressions.add(NewSuppression.of("gone@example.org").note("has left"));
        SendResult sent = cloudflare.sending(account).send(email);
        // end::onboard[]
        System.out.println("suppressed: " + sent.getSuppressedRecipients());
    }

    private static Email email() {
        return Email.builder()
                .from("ada@news.example.com", "Ada")
                .to("grace@example.org")
                .to("gone@example.org")
                .subject("News")
                .text("Hello without MIME")
                .build();
    }
}
