package io.flaremail;

import jakarta.mail.Provider;

/**
 * What a mail {@code Session} finds: the transport for the protocol {@code cloudflare}. Public because the session makes
 * it, and because an application whose server hides it can add it: {@code session.addProvider(new CloudflareProvider())}.
 *
 * <p>Tests: CloudflareProviderTest.
 */
public final class CloudflareProvider extends Provider {
    /** The protocol's name, and the middle of every property's: {@code mail.cloudflare.token}. */
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

    /** @param ours null where a class loader defines no packages */
    static String version(Package ours) {
        return ours == null ? null : ours.getImplementationVersion();
    }
}
