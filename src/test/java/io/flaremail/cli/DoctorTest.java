package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.flaremail.sandbox.DnsRecord;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor finds what is wrong, and names the remedy. */
class DoctorTest {
    private static final String DOMAIN = "mail.example.com";
    private static final String BOUNCES = "cf-bounce." + DOMAIN;

    @TempDir
    Path folder;

    private final Sandbox sandbox = sandbox();

    private static Sandbox sandbox() {
        return Sandbox.builder()
                .account(Golden.ACCOUNT)
                .zone(Golden.ZONE)
                .token(Golden.TOKEN)
                .zoneName("example.com")
                .domain(DOMAIN)
                .quotaPerDay(2)
                .start();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Run bare() {
        return Run.of("doctor", "--from", "billing@" + DOMAIN, "--resolver", sandbox.dnsServer())
                .with("--endpoint", sandbox.endpoint().toString());
    }

    private Run healthy() {
        return bare().environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN)
                .environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT);
    }

    private Run withProperties(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("mail.properties"), java.util.List.of(lines));
        return healthy().with("--properties", file.toString());
    }

    private static void expect(String golden, int exit, String remedy, Run run) throws IOException {
        run.go();
        Golden.check("doctor-" + golden, run);
        assertEquals(exit, run.exit);
        String oneLine = run.out.replaceAll("\\s+", " ");
        assertTrue(oneLine.contains(remedy), run.out);
    }

    @Test
    void nothingIsWrong() throws IOException {
        expect(
                "healthy",
                0,
                "No problem found.",
                withProperties(
                        "mail.transport.protocol=cloudflare",
                        "mail.transport.protocol.rfc822=cloudflare",
                        "mail.cloudflare.timeout=30000"));
    }

    @Test
    void noToken() throws IOException {
        expect(
                "no-token",
                1,
                "set the environment variable CLOUDFLARE_API_TOKEN",
                bare().environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT));
    }

    @Test
    void wrongToken() throws IOException {
        Run run = healthy().environment("CLOUDFLARE_API_TOKEN", "Wrong-0123456789-abcdefghijklmnop_QRSTUV");
        expect("wrong-token", 1, "copy it again", run);
        assertTrue(!run.everything().contains("Wrong-0123456789"));
    }

    @Test
    void tokenThatIsPastedWithItsName() throws IOException {
        expect(
                "token-with-name",
                1,
                "copy the token again, without anything else",
                healthy().environment("CLOUDFLARE_API_TOKEN", "token: " + Golden.TOKEN));
    }

    @Test
    void tokenThatStandsWithMore() throws IOException {
        for (String text : new String[] {"'" + Golden.TOKEN + "'", "TOKEN=" + Golden.TOKEN}) {
            Path file = Files.writeString(Path.of("target", "quoted-token"), text); // a name that does not vary
            expect(
                    "token-quoted",
                    1,
                    "without quotes",
                    bare().environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT).with("--token-file", file.toString()));
        }
    }

    @Test
    void fileOfTheTokenThatIsNotThere() throws IOException {
        expect(
                "no-token-file",
                1,
                "name a readable file that contains the token",
                bare().environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT).with("--token-file", "target/none"));
    }

    /** @param zones what it answers when it is asked for zones */
    private static HttpServer answering(String zones, int status, String others) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            boolean aboutZones = exchange.getRequestURI().getPath().endsWith("/zones");
            byte[] answer = (aboutZones ? zones : others).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(aboutZones ? 200 : status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key           | 401 | this is not an API token        | {"success":false,"errors":[{"code":10103,"message":"email.sending.error.authentication.bad_token_type"}]}
            not-entitled  | 403 | choose a plan that includes it  | {"success":false,"errors":[{"code":10105,"message":"email.sending.error.authentication.not_entitled"}]}
            other-page    | 200 | check --endpoint                | <html>Sign in to the guest network</html>
            no-path       | 404 | check --endpoint                | {"success":false,"errors":[{"code":7003,"message":"Could not route to the requested path, perhaps your object identifier is invalid?"}]}
            other-account | 200 | use account eeeeeeeeeeeeeeeeeee | {"success":true,"errors":[],"result":{"quota":null,"usage":null}}
            """)
    void whatTheAnswerMeans(String name, int status, String remedy, String answer) throws IOException {
        String zone = "{\"id\":\"" + Golden.ZONE + "\",\"name\":\"example.com\",\"account\":{\"id\":\"" + "e".repeat(32)
                + "\"}}";
        String zones = name.equals("other-account") ? zone : "";
        HttpServer server = answering("{\"success\":true,\"errors\":[],\"result\":[" + zones + "]}", status, answer);
        try {
            String endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4";
            Run run = healthy().instead("--endpoint", endpoint).go();
            assertEquals(1, run.exit, run.everything());
            assertTrue(run.out.replaceAll("\\s+", " ").contains(remedy), run.out);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void senderInTheFileThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("p"), "mail.cloudflare.from=billing at example\n");
        Run run = Run.of("doctor", "--properties", file.toString())
                .with("--endpoint", sandbox.endpoint().toString())
                .go();
        assertEquals(1, run.exit, run.everything());
        assertTrue(run.out.contains("mail.cloudflare.from: expected an address"), run.out);
    }

    @ParameterizedTest
    @CsvSource({
        "mial.cloudflare.account, did you mean mail.cloudflare.account?",
        "spring.mail.proprties.mail.cloudflare.retries, did you mean spring.mail.properties.mail.cloudflare.retries?",
        "mail.cloudflare.max, remove it; docs/options.md lists the options",
        "mail.cloudflare.form, did you mean mail.cloudflare.from?",
        "cloudflare.token, 2 for this transport",
    })
    void keyThatIsNone(String key, String said) throws IOException {
        Run run = withProperties(
                        "mail.smtp.class=io.flaremail.CloudflareTransport", "mail.cloudflare.verify=true", key + "=x")
                .go();
        assertTrue(run.out.replaceAll("\\s+", " ").contains(said), run.out);
    }

    @Test
    void tokenWithoutPermission() throws IOException {
        HttpServer server = answering(
                "{\"success\":true,\"errors\":[],\"result\":[]}",
                403,
                "{\"success\":false,\"errors\":[{\"code\":10102,\"message\":"
                        + "\"email.sending.error.authentication.forbidden\"}],\"result\":null}");
        try {
            expect(
                    "no-permission",
                    1,
                    "give it the permission Email Sending: Edit",
                    healthy()
                            .instead(
                                    "--endpoint",
                                    "http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void noAccount() throws IOException {
        expect(
                "no-account",
                1,
                "the account of zone example.com is " + Golden.ACCOUNT,
                bare().environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN));
    }

    @Test
    void accountThatIsNone() throws IOException {
        expect(
                "malformed-account",
                1,
                "copy the id from the dashboard's URL",
                healthy().environment("CLOUDFLARE_ACCOUNT_ID", "my-company"));
    }

    @Test
    void tokenWhereTheAccountBelongs() throws IOException {
        Run run = healthy().environment("CLOUDFLARE_ACCOUNT_ID", Golden.TOKEN);
        expect("token-as-account", 1, "copy the id from the dashboard's URL", run);
    }

    @Test
    void accountOfSomebodyElse() throws IOException {
        expect(
                "foreign-account",
                1,
                "use account " + Golden.ACCOUNT,
                healthy().environment("CLOUDFLARE_ACCOUNT_ID", "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"));
    }

    @Test
    void domainThatIsInNoZone() throws IOException {
        expect("no-zone", 1, "check the spelling", healthy().instead("--from", "billing@mail.exmaple.com"));
    }

    @Test
    void domainThatIsNotOnboarded() throws IOException {
        expect(
                "not-onboarded",
                1,
                "flaremail subdomains create example.com --wait",
                healthy().instead("--from", "billing@example.com"));
    }

    @Test
    void domainThatIsNotEnabled() throws IOException {
        sandbox.disable(DOMAIN);
        expect("not-enabled", 1, "flaremail subdomains create " + DOMAIN + " --wait enables it again", healthy());
    }

    @Test
    void dnsThatCloudflareFindsMisconfigured() throws IOException {
        sandbox.dns().remove("TXT", BOUNCES).add(DnsRecord.mx(BOUNCES, 5, "mx.other.example"));
        expect("misconfigured", 1, "remove the MX record of the other service", healthy());
    }

    @Test
    void recordThatOnlyTheWorldDoesNotSee() throws IOException {
        try (Sandbox world = sandbox()) {
            world.dns()
                    .remove("TXT", "cf-bounce._domainkey." + DOMAIN)
                    .add(DnsRecord.txt(BOUNCES, "v=spf1 include:other.example -all"));
            expect(
                    "unpublished",
                    1,
                    "publish: cf-bounce._domainkey." + DOMAIN,
                    healthy().instead("--resolver", world.dnsServer()));
        }
    }

    @Test
    void quotaThatIsUsedUp() throws IOException {
        for (int i = 0; i < 2; i++) {
            Run sent = Run.of("send", "--from", "a@" + DOMAIN, "--to", "b@example.org", "--subject", "x", "--text", "y")
                    .with("--endpoint", sandbox.endpoint().toString())
                    .with("--account", Golden.ACCOUNT)
                    .environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN)
                    .go();
            assertEquals(0, sent.exit, sent.everything());
        }
        expect("quota", 1, "or ask Cloudflare for a higher quota", healthy());
    }

    private static ProcessEnvironment.Time shifted(Duration error) {
        return new ProcessEnvironment.Time() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.now().plus(error);
            }

            @Override
            public boolean sleep(Duration duration) {
                return true;
            }
        };
    }

    /** A message from the future has been seen to be lost. */
    @Test
    void clockThatIsWrong() throws IOException {
        Duration ahead = Duration.ofMinutes(7).plusSeconds(30);
        expect("clock", 1, "set the clock", healthy().time(shifted(ahead)));
        Run behind =
                healthy().time(shifted(Duration.ofHours(-5).minusMinutes(30))).go();
        assertTrue(behind.out.contains("is 5 hours behind Cloudflare's"), behind.out);
        assertEquals(0, healthy().time(shifted(Duration.ofMinutes(4))).go().exit);
    }

    @Test
    void propertyThatIsMisspelt() throws IOException {
        expect(
                "misspelt",
                1,
                "did you mean mail.cloudflare.account?",
                withProperties(
                        "mail.transport.protocol=cloudflare",
                        "mail.transport.protocol.rfc822=cloudflare",
                        "mail.cloudflare.acount=" + Golden.ACCOUNT,
                        "mail.cloudfare.timeout=5000",
                        "mail.cloudflare.password=" + Golden.TOKEN,
                        "mail.cloudflare.debug=false",
                        "mail.cloudflare.ssl.socketfactory=x",
                        "mail.smtp.host=mail.example.com"));
    }

    @Test
    void protocolOfRfc822IsMissing() throws IOException {
        expect(
                "no-rfc822",
                1,
                "set mail.transport.protocol.rfc822=cloudflare",
                withProperties("mail.transport.protocol=cloudflare"));
    }

    @Test
    void smtpClassThatIsNotThere() throws IOException {
        expect(
                "smtp-class",
                1,
                "set mail.smtp.class=io.flaremail.CloudflareTransport",
                withProperties("mail.smtp.class=io.flaremail.CloudFlareTransport"));
    }

    @Test
    void smtpClassAloneIsEnough() throws IOException {
        expect("alias", 0, "No problem found.", withProperties("mail.smtp.class=io.flaremail.CloudflareTransport"));
    }

    @Test
    void endpointInTheClear() throws IOException {
        expect(
                "endpoint",
                1,
                "remove it; the default is",
                healthy().instead("--endpoint", "http://api.cloudflare.com/client/v4"));
    }

    @Test
    void valueThatMakesNoSense() throws IOException {
        expect(
                "malformed-property",
                1,
                "mail.cloudflare.timeout: expected milliseconds >= 0",
                withProperties(
                        "mail.transport.protocol=cloudflare",
                        "mail.transport.protocol.rfc822=cloudflare",
                        "mail.cloudflare.timeout=30s",
                        "mail.cloudflare.verify=yes"));
    }

    @Test
    void eventsThatAreReceived() throws IOException {
        healthyEvents("setup").go();
        Run run = healthy().go();
        assertEquals(0, run.exit, run.everything());
        String oneLine = run.out.replaceAll("\\s+", " ");
        assertTrue(
                oneLine.contains("Events the subscription publishes all kinds of events: ok Queue email-events: ok"),
                oneLine);
    }

    private Run healthyEvents(String command) {
        return Run.of(
                        "events",
                        command,
                        "--domain",
                        DOMAIN,
                        "--endpoint",
                        sandbox.endpoint().toString())
                .environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN)
                .environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT);
    }

    /** Each option once, with the source that wins. */
    @Test
    void optionsOfEverySource() throws IOException {
        expect(
                "options",
                1,
                "the environment variable MAIL_CLOUDFLARE_RETRIES: expected a number >= 0, got \"many\"",
                withProperties(
                                "mail.smtp.class=io.flaremail.CloudflareTransport",
                                "mail.smtp.timeout=30000",
                                "mail.smtp.cloudflare.from=billing@" + DOMAIN,
                                "mail.cloudflare.account=" + Golden.ACCOUNT,
                                "mail.cloudflare.maxconnections=4")
                        .environment("MAIL_CLOUDFLARE_MAXCONNECTIONS", "5")
                        .environment("MAIL_CLOUDFLARE_VERIFY", "true")
                        .environment("MAIL_CLOUDFLARE_RETRIES", "many"));
    }

    /** Java ignores entries that do not exist; a typing error would look like a missing mail API. */
    @Test
    void classPathThatDoesNotExist() throws IOException {
        Path jar = Files.createFile(folder.resolve("there.jar"));
        String separator = java.io.File.pathSeparator;
        Run run = healthy()
                .environment(
                        "FLAREMAIL_CLASSPATH",
                        String.join(separator, "lib-of-nobody/*", jar.toString(), folder + "/*", "", "gone.jar"))
                .go();
        assertEquals(1, run.exit, run.everything());
        String oneLine = run.out.replaceAll("\\s+", " ");
        assertTrue(
                oneLine.contains("Class path FLAREMAIL_CLASSPATH names lib-of-nobody/*, which does not exist"),
                run.out);
        assertTrue(oneLine.contains("Class path FLAREMAIL_CLASSPATH names gone.jar, which does not exist"), run.out);
        assertTrue(oneLine.contains("2 problems found"), run.out);
    }

    @Test
    void nobodyThere() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        expect(
                "unreachable",
                3,
                "check the network",
                healthy().instead("--endpoint", "http://127.0.0.1:" + closed + "/client/v4"));
    }

    @Test
    void resolverThatDoesNotAnswer() throws IOException {
        int closed;
        try (java.net.DatagramSocket socket = new java.net.DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        Run run = healthy().instead("--resolver", "127.0.0.1:" + closed).go();
        assertEquals(3, run.exit, run.everything());
        assertTrue(run.out.contains("6 records are unknown"), run.out);
    }

    @Test
    void asJson() throws IOException {
        sandbox.disable(DOMAIN);
        expect("json", 1, "\"result\": \"wrong\"", healthy().with("--json"));
    }
}
