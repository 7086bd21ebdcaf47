package io.flaremail.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.dropin.ClassPath;
import io.flaremail.dropin.DropInJar;
import io.flaremail.dropin.Program;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.SandboxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Camel delivers again what failed, and builds the mail anew each time: how many copies arrive. */
class CamelRetriesIT {
    private static final List<String> GRADES = List.of(
            "mail.cloudflare.guard=off",
            "mail.cloudflare.guard=certain",
            "mail.cloudflare.guard=content",
            "mail.cloudflare.guard=content&mail.cloudflare.guard.unknown=true");

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path directory;

    /** The good recipient's copies with each of the grades. */
    @ParameterizedTest
    @CsvSource({"a bounce, 3, 3, 1, 1", "lost answers, 3, 3, 3, 1"})
    void copiesAfterThreeTries(String failure, int off, int certain, int content, int unknownToo) throws Exception {
        boolean bounce = failure.equals("a bounce");
        if (!bounce) {
            sandbox.fail(
                    Collections.nCopies(12, Fault.hangUp().afterAccepting()).toArray(Fault[]::new));
        }
        String[] endpoints = GRADES.stream()
                .map(grade -> endpoint((bounce ? "grace@example.org,bounce@example.org" : "grace@example.org"), grade)
                        + "&subject=order " + GRADES.indexOf(grade))
                .toArray(String[]::new);
        program("CamelRetries.java").run(directory, endpoints);
        assertEquals("0 not sent\n1 not sent\n2 not sent\n3 not sent\n", printed());
        assertEquals(List.of(off, certain, content, unknownToo), List.of(copies(0), copies(1), copies(2), copies(3)));
    }

    /** The route of docs/failures.md redelivers only what may be sent again. */
    @ParameterizedTest
    @CsvSource({
        "throttled,    grace@example.org,                      4, 0, Cloudflare refused the message",
        "throttled 1,  grace@example.org,                      2, 1, sent",
        "nothing,      'grace@example.org,bounce@example.org', 1, 1, Cloudflare refused 1 of 2 recipients",
        "lost answers, grace@example.org,                      1, 1, No usable answer",
    })
    void theSampleRoute(String failure, String to, int requests, int copies, String said) throws Exception {
        Fault fault = failure.startsWith("throttled")
                ? Fault.error(429, 10004, "email.sending.error.throttled")
                : failure.equals("nothing") ? Fault.none() : Fault.hangUp().afterAccepting();
        sandbox.fail(Collections.nCopies(failure.endsWith("1") ? 1 : 9, fault).toArray(Fault[]::new));
        program(Path.of("samples/camel/OrderMail.java").toAbsolutePath().toString())
                .with("orders.mail", endpoint(to, "mail.cloudflare.retries=0"))
                .with("orders.retry.delay", "1")
                .run(directory);
        assertTrue(printed().contains(said), printed());
        assertEquals(requests, sandbox.requests().size());
        assertEquals(copies, sandbox.mailbox("grace@example.org").size());
    }

    private static Program program(String source) {
        ClassPath camel = ClassPath.of(
                "org.apache.camel:camel-main:4.22.0",
                "org.apache.camel:camel-bean:4.22.0",
                "org.apache.camel:camel-direct:4.22.0",
                "org.apache.camel:camel-mail:4.22.0",
                "org.slf4j:slf4j-simple:2.0.17");
        return new Program(source, camel.and(DropInJar.ALL.path()))
                .with("org.slf4j.simpleLogger.defaultLogLevel", "off"); // Camel logs each failure
    }

    private static String endpoint(String to, String options) {
        return "smtp://mail.invalid?from=orders@example.com&to=" + to
                + "&mail.smtp.class=io.flaremail.CloudflareTransport&mail.cloudflare.endpoint=" + sandbox.endpoint()
                + "&username=" + sandbox.account() + "&password=RAW(" + sandbox.token() + ")&" + options;
    }

    private String printed() throws Exception {
        return Files.readString(directory.resolve("stdout")).replace("\r\n", "\n");
    }

    private static int copies(int order) {
        return (int) sandbox.mailbox("grace@example.org").stream()
                .filter(mail -> new String(mail, StandardCharsets.UTF_8).contains("Subject: order " + order + "\r\n"))
                .count();
    }
}
