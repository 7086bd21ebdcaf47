package io.flaremail.http;

import java.time.Instant;
import org.apache.hc.core5.util.VersionInfo;

/** The HttpClient library on the class path: whether it can be used, and its version. */
public final class HttpLibrary {
    private HttpLibrary() {}

    /** @throws LinkageError if it is too old: a class or method is missing */
    public static void use() {
        RetryAfter.parse("Fri, 06 Nov 2099 08:49:37 GMT", Instant.EPOCH);
    }

    /** Its name and version, for messages. */
    public static String version() {
        VersionInfo info = VersionInfo.loadVersionInfo("org.apache.hc.client5", HttpLibrary.class.getClassLoader());
        return "httpclient5 " + (info == null ? "of unknown version" : info.getRelease());
    }
}
