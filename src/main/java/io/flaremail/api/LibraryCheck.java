package io.flaremail.api;

import com.fasterxml.jackson.core.JsonFactory;
import io.flaremail.http.HttpLibrary;
import io.flaremail.http.HttpOutcome;
import io.flaremail.http.Redaction;
import io.flaremail.http.RequestPhase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Parses two sample responses before the first request. A library that lacks a method, such as an old Jackson, then
 * fails here, and not while it reads the response to an accepted message.
 *
 * <p>Tests: WithoutSmtpClassesTest.
 */
final class LibraryCheck {
    /** The oldest versions that work; the build runs the main tests with them. */
    private static final String JACKSON = "jackson-core 2.12 or later";

    private static final String HTTP_CLIENT = "httpclient5 5.4 or later";

    private static final String ACCEPTED = "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"message_id\":"
            + "\"<a@b>\",\"delivered\":[\"a@b\"],\"queued\":[],\"permanent_bounces\":[\"c@d\"]}}";

    private static final String REFUSED = "{\"success\":false,\"errors\":[{\"code\":10001,\"message\":\"m\",\"source\":"
            + "{\"pointer\":\"/from\"}}],\"messages\":[],\"result\":null}";

    private static volatile boolean passed;

    private LibraryCheck() {}

    /** @throws IllegalStateException if a library does not work; the message names it and the required version */
    static void requireUsable() {
        if (passed) {
            return;
        }
        require(HTTP_CLIENT, HttpLibrary::version, HttpLibrary::use);
        require(JACKSON, LibraryCheck::jacksonVersion, () -> {
            requireKind(SendOutcome.Kind.ACCEPTED, 200, ACCEPTED);
            requireKind(SendOutcome.Kind.REFUSED, 400, REFUSED);
        });
        passed = true;
    }

    private static void require(String library, Version version, Runnable use) {
        try {
            use.run();
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException(
                    "Flaremail needs " + library + ", and the class path has " + found(version) + " (" + e + ")", e);
        }
    }

    private static void requireKind(SendOutcome.Kind kind, int status, String answer) {
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        HttpOutcome reply = HttpOutcome.answered(status, "ray", "1", body, null, RequestPhase.WHOLE);
        SendOutcome outcome =
                Verdict.of(reply, new Redaction("token"), Instant.EPOCH).sendOutcome();
        if (outcome.getKind() != kind) {
            throw new IllegalStateException("an answer was read as " + outcome.getKind() + ", not " + kind);
        }
    }

    private interface Version {
        String get();
    }

    private static String found(Version version) {
        try {
            return version.get();
        } catch (LinkageError | RuntimeException e) {
            return "one of unknown version";
        }
    }

    private static String jacksonVersion() {
        return "jackson-core " + new JsonFactory().version();
    }
}
