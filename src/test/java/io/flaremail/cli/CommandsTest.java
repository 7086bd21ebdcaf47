package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flaremail.sandbox.ApiError;
import io.flaremail.sandbox.DnsRecord;
import io.flaremail.sandbox.Fault;
import io.flaremail.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command for people and for machines, and its exit code. */
class CommandsTest {
    private static final String DOMAIN = "mail.example.com";

    @TempDir
    Path folder;

    private final Sandbox sandbox = Sandbox.builder()
            .account(Golden.ACCOUNT)
            .zone(Golden.ZONE)
            .token(Golden.TOKEN)
            .zoneName("example.com")
            .domain(DOMAIN)
            .domain("news.example.com")
            .quotaPerDay(1000)
            .start();

    private String endpoint = sandbox.endpoint().toString();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Run run(String... args) {
        return Run.of(args)
                .with("--endpoint", endpoint)
                .environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN)
                .environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT);
    }

    private static void expect(String golden, int exit, Run run) throws IOException {
        run.go();
        Golden.check(golden, run);
        assertEquals(exit, run.exit, run.everything());
    }

    private void both(String golden, int exit, String... args) throws IOException {
        expect(golden, exit, run(args));
        expect(golden + "-json", exit, run(args).with("--json"));
    }

    @Test
    void helpOfAll() throws IOException {
        expect("help", 0, Run.of("--help"));
        expect("version", 0, Run.of("--version"));
        expect("help-doctor", 0, Run.of("doctor", "--help"));
        expect("help-subdomains", 0, Run.of("subdomains", "--help"));
        expect("help-create", 0, Run.of("subdomains", "create", "--help"));
        expect("help-suppressions", 0, Run.of("suppressions", "--help"));
        expect("help-send", 0, Run.of("send", "--help"));
    }

    @Test
    void misuse() throws IOException {
        expect("misuse-nothing", 2, Run.of());
        expect("misuse-group", 2, Run.of("subdomains"));
        expect("misuse-command", 2, Run.of("subdomain"));
        expect("misuse-option", 2, Run.of("limits", "--tokn", Golden.TOKEN));
        expect("misuse-option-json", 2, Run.of("--json", "limits", "--tokn", Golden.TOKEN));
        expect("misuse-no-token", 2, Run.of("limits"));
        expect("misuse-no-zone", 2, run("subdomains", "list"));
        expect("misuse-token-file", 2, Run.of("limits", "--token-file", "target/none"));
    }

    @Test
    void misuseIsToldAsAsked() throws IOException {
        expect("misuse-before-json", 2, Run.of("limits", "--account", "--json"));
        expect("misuse-locale", 2, run("send", "--subject", "Gr\uFFFD\uFFFD"));
        expect("misuse-wait", 2, run("subdomains", "create", "a.example.com", "--wait", "5m"));
    }

    @Test
    void aSubjectMayBeginWithAnAt() throws IOException {
        String file = "@" + Files.writeString(folder.resolve("x"), "--html");
        run(letter("ada@example.org")).instead("--subject", file).go();
        assertTrue(new String(sandbox.mailbox("ada@example.org").get(0)).contains("Subject: @"));
    }

    @Test
    void outputThatNobodyReadsIsNoSuccess() throws IOException {
        expect("unwritten", 5, run("limits").closed());
        expect(
                "unwritten-refused",
                1,
                run("subdomains", "get", "example.com", "--json").closed());
    }

    @Test
    void aReaderThatEndsEarlyIsNoFailure() {
        Run run = run("limits").closed().piped().go();
        assertEquals("--- exit code 0\n", run.everything());
        assertEquals(
                1,
                run("subdomains", "get", "example.com", "--json")
                        .closed()
                        .piped()
                        .go()
                        .exit);
    }

    @Test
    void subdomains() throws IOException {
        sandbox.disable("news.example.com");
        both("subdomains-list", 0, "subdomains", "list", "--zone", "example.com");
        expect("subdomains-list", 0, run("--zone", Golden.ZONE, "subdomains", "list"));
        both("subdomains-get", 0, "subdomains", "get", DOMAIN);
        both("subdomains-get-unknown", 1, "subdomains", "get", "example.com");
        both("subdomains-update", 0, "subdomains", "update", DOMAIN, "--drop-suppressed", "true");
        both("subdomains-update-nothing", 2, "subdomains", "update", DOMAIN);
        expect("subdomains-update-what", 2, run("subdomains", "update", DOMAIN, "--drop-suppressed", "yes"));
        both("subdomains-preview", 0, "subdomains", "create", "example.com", "--preview");
        expect("subdomains-create", 0, run("subdomains", "create", "example.com"));
        both("subdomains-create-again", 1, "subdomains", "create", "example.com");
        expect("subdomains-delete-careful", 2, run("subdomains", "delete", "example.com"));
        expect("subdomains-delete", 0, run("subdomains", "delete", "example.com", "--yes"));
        sandbox.lock(DOMAIN, true);
        expect("subdomains-locked", 1, run("subdomains", "delete", DOMAIN, "--yes"));
    }

    /** The zone must be of the account that is given, however it is looked for. */
    @Test
    void aZoneOfAnotherAccountIsNotTouched() throws IOException {
        String other = "e".repeat(32);
        expect("zone-other-account", 1, run("subdomains", "list", "--zone", "example.com", "--account", other));
        expect("zone-other-account-name", 1, run("subdomains", "create", "x.example.com", "--account", other));
        assertEquals(2, sandbox.domains().size());
    }

    @Test
    void waiting() throws IOException {
        expect("subdomains-create-wait", 0, run("subdomains", "create", "example.com", "--wait"));
        expect("subdomains-create-wait", 0, run("subdomains", "create", "example.com", "--wait"));
        assertEquals(0, run("subdomains", "create", "--wait", "e.example.com").go().exit);
        expect(
                "subdomains-create-wait-terminal",
                0,
                run("subdomains", "create", "b.example.com", "--wait").onTerminal());
        sandbox.dns().unlocked(true);
        expect("subdomains-create-wait-over", 1, run("subdomains", "create", "c.example.com", "--wait=0"));
        expect("subdomains-create-wait-json", 0, ready("subdomains", "create", "d.example.com", "--wait", "--json"));
    }

    private Run ready(String... args) {
        sandbox.dns().unlocked(false);
        return run(args);
    }

    @Test
    void dns() throws IOException {
        both("subdomains-dns", 0, "subdomains", "dns", DOMAIN);
        both("subdomains-dns-live", 0, "subdomains", "dns", DOMAIN, "--resolver", sandbox.dnsServer());
        both("subdomains-status", 0, "subdomains", "status", DOMAIN);
        sandbox.dns()
                .remove("TXT", "cf-bounce._domainkey." + DOMAIN)
                .remove("MX", "cf-bounce." + DOMAIN)
                .remove("TXT", "_dmarc." + DOMAIN)
                .add(
                        DnsRecord.txt("cf-bounce._domainkey." + DOMAIN, "v=DKIM1; k=rsa; p=b3RoZXI="),
                        DnsRecord.txt("_dmarc." + DOMAIN, "v=DMARC1; p=none"),
                        DnsRecord.txt("cf-bounce." + DOMAIN, "v=spf1 -all"));
        both("subdomains-dns-live-wrong", 1, "subdomains", "dns", DOMAIN, "--resolver", sandbox.dnsServer());
        both("subdomains-status-wrong", 1, "subdomains", "status", DOMAIN);
        expect("subdomains-repair-refused", 1, run("subdomains", "repair", DOMAIN));
        sandbox.dns().remove(DnsRecord.txt("cf-bounce." + DOMAIN, "v=spf1 -all"));
        both("subdomains-repair", 0, "subdomains", "repair", DOMAIN);
    }

    @Test
    void limits() throws IOException {
        both("limits", 0, "limits");
    }

    @Test
    void suppressions() throws IOException {
        expect(
                "suppressions-add",
                0,
                run("suppressions", "add", "ada@example.org", "--note", "asked for it")
                        .with("--until", "2099-01-31"));
        expect("suppressions-add-until", 2, run("suppressions", "add", "ada@example.org", "--until", "soon"));
        expect("suppressions-add-past", 2, run("suppressions", "add", "ada@example.org", "--until", "2001-01-31"));
        sandbox.suppress("grace@example.org", "complaint", null, true);
        expect("suppressions-add-domain", 0, run("suppressions", "add", "eve@example.org", "--domain", DOMAIN));
        both("suppressions-list", 0, "suppressions", "list");
        both("suppressions-list-none", 0, "suppressions", "list", "--search", "nobody@");
        expect("suppressions-list-search", 2, run("suppressions", "list", "--search", "example.org"));
        expect("suppressions-list-reason", 2, run("suppressions", "list", "--reason", "bounce"));
        expect("suppressions-list-max", 2, run("suppressions", "list", "--max", "many"));
        expect("suppressions-remove", 0, run("suppressions", "remove", "ada@example.org"));
        expect("suppressions-remove-absent", 1, run("suppressions", "remove", "ada@example.org"));
        expect("suppressions-remove-fixed", 1, run("suppressions", "remove", "grace@example.org"));
    }

    /** The API answers as if it were new, and leaves it as it was. */
    @Test
    void aSuppressionThatExistsIsToldApart() throws IOException {
        sandbox.suppress("ada@example.org", "hard_bounce", DOMAIN, false);
        Run add = run("suppressions", "add", "ada@example.org");
        expect("suppressions-add-other-scope", 0, add);
        both("suppressions-add-existing", 0, "suppressions", "add", "ada@example.org", "--note", "ignored");
        run("suppressions", "add", "eve@example.org", "--until", "2099-01-31", "--note", "on leave")
                .go();
        expect("suppressions-add-longer", 0, run("suppressions", "add", "eve@example.org", "--until", "2098-01-31"));
        both("suppressions-add-shorter", 1, "suppressions", "add", "eve@example.org");
        sandbox.suppress("grace@example.org", "complaint", null, true);
        expect("suppressions-add-read-only", 1, run("suppressions", "add", "grace@example.org"));
        assertEquals(4, sandbox.suppressions().size());
    }

    @Test
    void suppressionsOfAFile() throws IOException {
        StringBuilder many = new StringBuilder("# who left\n\n");
        for (int i = 0; i < 1500; i++) {
            many.append("a").append(i).append("@example.org\r\n");
        }
        Path file = Files.writeString(folder.resolve("left.txt"), many);
        Files.writeString(folder.resolve("two.txt"), "fixed@example.org\nnew@example.org\n");
        expect("suppressions-import", 0, run("suppressions", "import", file.toString()));
        assertEquals(1500, sandbox.suppressions().size());
        sandbox.reset();
        sandbox.suppress("fixed@example.org", "complaint", null, true);
        String two = folder.resolve("two.txt").toString();
        both("suppressions-import-partly", 1, "suppressions", "import", two);
        sandbox.reset();
        expect(
                "suppressions-import-json",
                0,
                run("suppressions", "import", "-", "--json").in("b@example.org"));
        expect(
                "suppressions-import-wrong",
                2,
                run("suppressions", "import", "-").in("c@example.org\nAda <d@example.org>"));
        assertEquals(1, sandbox.suppressions().size());
        expect("suppressions-import-absent", 2, run("suppressions", "import", "none.txt"));
    }

    private String[] letter(String... to) {
        String[] args = {
            "send", "--from", "Billing <billing@" + DOMAIN + ">", "--subject", "Hi", "--text", "Hello", "--to"
        };
        String[] all = java.util.Arrays.copyOf(args, args.length + to.length);
        System.arraycopy(to, 0, all, args.length, to.length);
        return all;
    }

    @Test
    void sendParts() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pdf"), "%PDF");
        expect("send-parts", 0, run(letter("Ada <ada@example.org>")).with("--attach", file.toString()));
        String mail = new String(sandbox.mailbox("ada@example.org").get(0));
        assertTrue(mail.contains("application/pdf") && mail.contains("Billing <billing@"), mail);
        expect("send-parts-json", 0, run(letter("ada@example.org")).with("--json"));
        expect("send-parts-bounce", 1, run(letter("bounce@example.org")));
        expect("send-parts-bounce-json", 1, run(letter("bounce@example.org")).with("--json"));
        expect(
                "send-parts-bounce-some",
                1,
                run(letter("Bob <BOUNCE@example.org>")).with("--cc", "bounce@example.org", "--bcc", "ada@example.org"));
        expect(
                "send-parts-bounce-all",
                1,
                run(letter("bounce@example.org")).with("--cc", "bounce+2@example.org", "--bcc", "BOUNCE@example.org"));
        expect("send-parts-incomplete", 2, run("send", "--to", "ada@example.org"));
        expect(
                "send-parts-lines",
                2,
                run("send", "--from", "a@" + DOMAIN, "--to", "b@example.org", "--subject", "x\nBcc: e@example.org"));
        expect(
                "send-parts-stdin",
                0,
                run("send", "--from", "a@" + DOMAIN, "--to", "eve@example.org", "--subject", "x")
                        .with("--text", "-")
                        .in("from a pipe"));
        assertTrue(new String(sandbox.mailbox("eve@example.org").get(0)).contains("from a pipe"));
    }

    @Test
    void sendThatFails() throws IOException {
        sandbox.fail(Fault.hangUp().afterAccepting());
        expect("send-parts-unknown", 4, run(letter("ada@example.org")));
        sandbox.fail(Fault.hangUp());
        expect("send-parts-unknown-json", 4, run(letter("ada@example.org")).with("--json"));
        sandbox.fail(Fault.error(ApiError.SENDING_DISABLED));
        expect("send-parts-refused", 1, run(letter("ada@example.org")));
        sandbox.fail(Fault.hangUp().afterAccepting());
        expect("send-file-unknown", 4, run("send", eml(), "--to", "ada@example.org"));
        sandbox.fail(Fault.hangUp());
        expect("send-file-unknown-json", 4, run("send", eml(), "--to", "ada@example.org", "--json"));
        sandbox.fail(Fault.error(ApiError.SENDING_DISABLED));
        expect("send-file-refused", 1, run("send", eml(), "--to", "ada@example.org"));
    }

    private String eml() throws IOException {
        return Files.writeString(
                        folder.resolve("mail.eml"),
                        "From: billing@" + DOMAIN + "\r\nTo: somebody@example.org\r\nBcc: hidden@example.org\r\n"
                                + "Subject: as it is\r\n\r\nbody\r\n")
                .toString();
    }

    @Test
    void sendFile() throws IOException {
        expect("send-file", 0, run("send", eml(), "--to", "ada@example.org", "--to", "grace@example.org"));
        assertEquals("billing@" + DOMAIN, sandbox.accepted().get(0).from());
        assertTrue(!new String(sandbox.accepted().get(0).mime()).contains("hidden@"));
        expect("send-file-json", 0, run("send", eml(), "--to", "ada@example.org", "--json"));
        expect("send-file-bounce", 1, run("send", eml(), "--to", "ada@example.org", "--to", "bounce@example.org"));
        expect("send-file-nobody", 2, run("send", eml()));
        expect("send-file-both", 2, run("send", eml(), "--to", "ada@example.org", "--text", "x"));
        expect("send-file-from", 1, run("send", eml(), "--to", "ada@example.org", "--from", "x@elsewhere.example"));
        Path properties = Files.writeString(folder.resolve("p"), "mail.cloudflare.redirect=staging@example.org\n");
        expect(
                "send-file-redirected",
                0,
                run("send", eml(), "--to", "ada@example.org").with("--properties", properties.toString()));
        assertEquals(1, sandbox.mailbox("staging@example.org").size());
    }

    /** A warning goes to standard error: the answer stays one document. */
    @Test
    void warningsDoNotBreakTheAnswer() throws IOException {
        Path properties = Files.writeString(folder.resolve("p"), "mail.cloudflare.timeuot=1\n");
        Run run = run("send", eml(), "--to", "ada@example.org", "--json", "--properties", properties.toString())
                .go();
        assertEquals(0, run.exit, run.everything());
        assertTrue(new ObjectMapper().readTree(run.out).has("message_id"), run.out);
        assertTrue(
                run.err.contains("Unknown property mail.cloudflare.timeuot (did you mean mail.cloudflare.timeout?)"),
                run.err);
    }

    /** What applies to the transport applies to the command line: of FILE and of parts. */
    @Test
    void optionsApplyToBothKindsOfMessages() throws IOException {
        Path properties = Files.writeString(
                folder.resolve("p"),
                "mail.cloudflare.redirect=staging@example.org\nmail.cloudflare.from=billing@" + DOMAIN + "\n");
        String[] parts = {
            "send", "--subject", "Hi", "--text", "Hello", "--to", "ada@b\u00fccher.example", "--bcc", "b@example.org"
        };
        Run run = run(parts).with("--properties", properties.toString()).go();
        assertEquals(0, run.exit, run.everything());
        String mail = new String(sandbox.mailbox("staging@example.org").get(0));
        assertTrue(mail.contains("X-Flaremail-Intended-Recipients: ada@xn--bcher-kva.example"), mail);
        assertTrue(mail.contains("billing@" + DOMAIN), mail);
        assertEquals(0, sandbox.mailbox("b@example.org").size());

        run = run("send", eml(), "--to", "ada@b\u00fccher.example").go();
        assertEquals(0, run.exit, run.everything());
        assertEquals(1, sandbox.mailbox("ada@xn--bcher-kva.example").size());
        run = run(letter("ada@b\u00fccher.example")).go();
        assertEquals(0, run.exit, run.everything());
        assertEquals(2, sandbox.mailbox("ada@xn--bcher-kva.example").size());
        for (String[] args :
                new String[][] {{"send", eml(), "--to", "b\u00fcro@example.org"}, letter("b\u00fcro@example.org")}) {
            Run refused = run(args).go();
            assertEquals(2, refused.exit, refused.everything());
            assertTrue(refused.err.contains("--to: the address b\u00fcro@example.org has a local part"), refused.err);
        }
    }

    @Test
    void eachRecipientGetsTheMessageOnce() throws IOException {
        assertEquals(
                0,
                run("send", eml(), "--to", "a@example.org", "--to", "Ada <a@EXAMPLE.org>")
                        .go()
                        .exit);
        assertEquals(List.of("a@example.org"), sandbox.accepted().get(0).recipients());
        assertEquals(
                0,
                run(letter("a@example.org"))
                        .with("--cc", "a@example.org", "--bcc", "a@example.org")
                        .go()
                        .exit);
        assertEquals(1, sandbox.accepted().get(1).recipients().size());
    }

    /** Which recipient is lost is not known: the message must not be sent again. */
    @Test
    void aLostAddressThatMatchesNoRecipientLeavesDoubt() throws IOException {
        String answer = "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{\"message_id\":\"<i@x>\","
                + "\"delivered\":[],\"queued\":[],\"permanent_bounces\":[\"other@example.org\"]}}";
        sandbox.fail(Fault.status(200, answer).afterAccepting());
        Run run = run("send", eml(), "--to", "a@example.org", "--to", "b@example.org")
                .go();
        assertEquals(4, run.exit, run.everything());
        assertTrue(run.err.contains("other@example.org, which matches none of the recipients"), run.err);
        sandbox.fail(Fault.status(200, answer.replace("other@example.org", "<a@example.org>\",\"a@example.org."))
                .afterAccepting());
        run = run("send", eml(), "--to", "a@example.org", "--to", "b@example.org")
                .go();
        assertEquals(1, run.exit, run.everything());
        assertTrue(run.out.contains("accepted for 1 of 2 recipients"), run.out);
    }

    /** Applications that pass nothing but mail.smtp.* to their session. */
    @Test
    void theOptionsOfAnAliasApply() throws IOException {
        Path properties = Files.writeString(folder.resolve("p"), "mail.smtp.cloudflare.redirect=staging@example.org\n");
        Run run = run(letter("real@example.org"))
                .with("--properties", properties.toString())
                .go();
        assertEquals(0, run.exit, run.everything());
        assertEquals(0, sandbox.mailbox("real@example.org").size());
        assertEquals(1, sandbox.mailbox("staging@example.org").size());
    }

    /** The first mailbox of a From field, however it is written. */
    @Test
    void theSenderIsTheFirstMailbox() {
        assertEquals("\"j doe\"@x.example", Outgoing.first("\"j doe\"@x.example, \"Bob\" <b@y.example>"));
        assertEquals("a@x.example", Outgoing.first("\"Bill, \\\"Ing\\\"\" (c, (d)) <a@x.example>, b@y.example"));
        assertEquals("a@x.example", Outgoing.first(" a@x.example (comment)"));
        assertEquals("a@x.example", Outgoing.first("\"" + "x".repeat(100_000) + "\" <a@x.example>"));
    }

    @Test
    void aFileKeepsItsBytesExceptForWhatIsNeverSent() throws IOException {
        String file = Files.write(
                        folder.resolve("raw.eml"),
                        ("Received: from relay\nFrom: \"Bill, Ing\" (x@y) <billing@" + DOMAIN
                                        + ">\nBcc: hidden@example.org,\n"
                                        + " other@example.org\nSubject: =?utf-8?q?a_?=\n =?utf-8?q?b?=\n\n.\nFrom x\n")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
        Run run = run("send", file, "--to", "Ada <ada@example.org>").go();
        assertEquals(0, run.exit, run.everything());
        assertEquals("billing@" + DOMAIN, sandbox.accepted().get(0).from());
        assertEquals(
                "From: \"Bill, Ing\" (x@y) <billing@" + DOMAIN
                        + ">\r\nSubject: =?utf-8?q?a_?=\r\n =?utf-8?q?b?=\r\n\r\n" + ".\r\nFrom x\r\n",
                new String(sandbox.accepted().get(0).mime()));
        String none = Files.writeString(folder.resolve("none.eml"), "Subject: x\n\ny\n")
                .toString();
        assertTrue(run("send", none, "--to", "a@example.org").go().err.contains("has no From field: give --from"));
        run = run("send", none, "--to", "a@example.org", "--from", "billing@" + DOMAIN)
                .go();
        assertEquals(0, run.exit, run.everything());
        assertTrue(new String(sandbox.accepted().get(1).mime()).startsWith("From: billing@" + DOMAIN + "\r\n"));
    }

    @Test
    void inputThatCannotBeUsed() throws IOException {
        String here = folder.toString();
        expect("input-empty", 2, run(letter("ada@example.org")).instead("--text", "-"));
        expect(
                "input-twice",
                2,
                run(letter("ada@example.org")).instead("--text", "-").with("--html", "-"));
        expect(
                "input-latin",
                2,
                run(letter("ada@example.org")).instead("--text", "-").in(new byte[] {'g', (byte) 0xFC}));
        expect(
                "input-endless",
                2,
                run(letter("ada@example.org")).instead("--text", "-").in(new byte[26 << 20]));
        expect("input-import-latin", 2, run("suppressions", "import", "-").in(new byte[] {(byte) 0xE9, '@', 'b'}));
        expect("input-eml-empty", 2, run("send", "-", "--to", "ada@example.org"));
        for (String[] folders : new String[][] {
            {"suppressions", "import", here},
            {"send", here, "--to", "a@example.org"},
            {"send", "--from", "a@example.com", "--attach", here},
            {"limits", "--properties", here}
        }) {
            Run run = run(folders).go();
            assertEquals(2, run.exit, run.everything());
            assertTrue(run.err.contains("it is a directory"), run.err);
        }
        assertTrue(run("limits", "--properties", "application.yml").go().err.contains("not YAML"));
        assertEquals(2, run("suppressions", "list", "--max", "-3").go().exit);
    }

    @Test
    void aFileMayComeFromStandardInput() throws IOException {
        String mail = Files.readString(Path.of(eml()));
        Run run = run("send", "-", "--to", "ada@example.org").in(mail).go();
        assertEquals(0, run.exit, run.everything());
        assertTrue(new String(sandbox.mailbox("ada@example.org").get(0)).contains("Subject: as it is"));
    }

    @Test
    void unreachable() throws IOException {
        endpoint = sandbox.endpoint().toString();
        sandbox.close();
        expect("unreachable", 3, run("limits"));
        expect("unreachable-json", 3, run("limits", "--json"));
        expect("unreachable-send", 3, run(letter("ada@example.org")));
        expect("unreachable-send-file", 3, run("send", eml(), "--to", "ada@example.org"));
    }

    /** Between words, and never in a command: what is printed can be pasted. */
    @Test
    void sentencesFitTheTerminal() {
        Run error = run("subdomains", "get", "a.long.name.below.example.com")
                .onTerminal()
                .environment("COLUMNS", "60");
        assertEquals(
                "flaremail: a.long.name.below.example.com is not onboarded.\nRun:\n"
                        + "flaremail subdomains create a.long.name.below.example.com\n",
                error.go().err.replaceAll("\u001b\\[[0-9;]*m", ""));
        Run doctor = run("doctor", "--from", "x@a.long.name.below.example.com").onTerminal();
        String text = doctor.environment("COLUMNS", "60").go().out;
        assertTrue(text.contains("flaremail subdomains create a.long.name.below.example.com --wait\u001b[0m\n"), text);
        String plain = error.environment("COLUMNS", "60").go().everything();
        assertTrue(!plain.contains("\u00a0") && !text.contains("\u00a0"), plain);
    }

    @Test
    void aDumbTerminalIsNotRewritten() {
        Run run = run("subdomains", "create", "example.com", "--wait")
                .onTerminal()
                .environment("TERM", "dumb");
        assertTrue(!run.go().everything().contains("\u001b"), run.err);
    }

    @Test
    void colours() throws IOException {
        Run coloured = run("subdomains", "status", DOMAIN).onTerminal().go();
        assertTrue(coloured.out.contains("\u001b[32mready"), coloured.out);
        for (Run plain : new Run[] {
            run("subdomains", "status", DOMAIN),
            run("subdomains", "status", DOMAIN).onTerminal().with("--no-color"),
            run("subdomains", "status", DOMAIN).onTerminal().environment("NO_COLOR", "1"),
            run("subdomains", "status", DOMAIN).onTerminal().environment("TERM", "dumb"),
            run("subdomains", "status", DOMAIN).onTerminal().with("--json")
        }) {
            assertTrue(!plain.go().everything().contains("\u001b"), plain.out);
        }
    }
}
