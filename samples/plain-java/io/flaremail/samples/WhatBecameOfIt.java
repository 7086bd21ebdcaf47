package io.flaremail.samples;

import io.flaremail.SendListener;
import io.flaremail.sandbox.Sandbox;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.util.Properties;

/** Receives message ids and the outcome for each recipient, even with the static Transport.send. */
public final class WhatBecameOfIt {
    private WhatBecameOfIt() {}

    public static void main(String[] args) throws MessagingException {
        try (Sandbox sandbox = Sandbox.start()) {
            Properties properties = SandboxMail.properties(sandbox);
            // tag::listener[]
            SendListener log = report -> {
                System.out.println("accepted as  " + report.getMessageId().orElse("(nothing was accepted)"));
                System.out.println("support id   " + report.getRays());
                report.getRecipients()
                        .forEach(outcome -> System.out.println(outcome.getStatus() + "  " + outcome.getAddress()));
            };
            properties.put("mail.cloudflare.listener", log); // an object, so put, not setProperty
            // end::listener[]
            Transport.send(SandboxMail.message(properties, "grace@example.org, queued@example.org"));
        }
    }
}
