package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** A provider whose constructor throws is not found, and the mail API logs the reason at FINE only. */
class CloudflareProviderTest {
    /** Class.getPackage() may be null on Java 8, where the class loader defines packages, or does not. */
    @Test
    void aClassLoaderWithoutPackagesIsNoFailure() {
        assertNull(CloudflareProvider.version(null));
    }

    @Test
    void theVersionIsTheManifests() {
        Package junit = Test.class.getPackage();
        assertEquals(junit.getImplementationVersion(), CloudflareProvider.version(junit));
        assertNull(new CloudflareProvider().getVersion(), "classes in a folder have no manifest");
    }
}
