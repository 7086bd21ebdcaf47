package io.flaremail;

import jakarta.mail.Provider;

/**
 * Registers {@link CloudflareTransport} for the protocol {@code cloudflare}. Mail sessions create it. If a server's
 * class loading hides it, an application can add it: {@code session.addProvider(new CloudflareProvider())}.
 *
 * <p>Tests: CloudflareProviderTest.
 */
public final class CloudflareProvider extends Provider {
    /** The protocol's name, and the second part of every property key, as in {@code mail.cloudflare.token}. */
    public static final String PROTOCOL = "cloudflare";

    /** Called by the mail session. */
    public CloudflareProvider() {
        super(
                Provider.Type.TRANSPORT,
                PROTOCOL,
                CloudflareTransport.class.getName(),
                "Flaremail",
                version(CloudflareProvider.class.getPackage()));
    }

    /** @param ours null if the class loader defines no packages */
    static String version(Package ours) {
        return ours == null ? null : ours.getImplementationVersion();
    }
}
