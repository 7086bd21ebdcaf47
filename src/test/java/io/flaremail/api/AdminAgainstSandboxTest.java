package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.dns.DnsRecord;
import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client against the simulated API, which remembers: what it did is there, and what it undid is gone. */
class AdminAgainstSandboxTest {
    @RegisterExtension
    static final SandboxExtension sandbox =
            new SandboxExtension(Sandbox.builder().quotaPerDay(1000));

    private CloudflareEmail client;

    @BeforeEach
    void open() {
        client = CloudflareEmail.builder()
                .token(sandbox.token())
                .endpoint(sandbox.endpoint())
                .jitter(() -> 0)
                .build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static Email letter(String from, String... to) {
        Email.Builder letter =
                Email.builder().from(from).subject("Hello \u2709").text("Hi\n").html("<p>Hi</p>");
        for (String each : to) {
            letter.to(each);
        }
        return letter.build();
    }

    private static void assertRefused(int status, String code, CloudflareApiException thrown) {
        assertEquals(status, thrown.getStatus(), thrown::getMessage);
        assertEquals(Optional.of(code), thrown.getErrors().get(0).getCode());
        assertTrue(thrown.getRay().isPresent());
        assertFalse(thrown.isRetryable());
        assertFalse(thrown.isAcceptanceUnknown());
    }

    @Test
    void theLifeOfADomain() throws Exception {
        Zone zone = client.zones().findFor("life.example.com").orElseThrow();
        assertEquals("example.com", zone.getName());
        assertEquals(Optional.of(sandbox.account()), zone.getAccountId());
        SendingSubdomains subdomains = client.subdomains(zone.getId());
        EmailSending sending = client.sending(sandbox.account());

        assertEquals(6, subdomains.preview("life.example.com").size());
        assertFalse(subdomains.find("life.example.com").isPresent(), "a preview changes nothing");
        Subdomain made = subdomains.create("life.example.com");
        assertTrue(made.isEnabled());
        assertEquals(
                made.toString(),
                subdomains.find("LIFE.example.com").orElseThrow().toString());
        assertEquals("life.example.com", subdomains.get(made.getTag()).getName());
        assertRefused(
                409, "2040", assertThrows(CloudflareApiException.class, () -> subdomains.create("life.example.com")));

        List<DnsRecord> records = subdomains.dnsRecords(made.getTag());
        assertEquals(
                Set.of(
                        "cf-bounce.life.example.com",
                        "cf-bounce._domainkey.life.example.com",
                        "_dmarc.life.example.com"),
                records.stream().map(DnsRecord::getName).collect(Collectors.toSet()));
        List<String> told = new ArrayList<>();
        assertTrue(subdomains
                .awaitReady(made.getTag(), Duration.ofMinutes(1), status -> told.add(status.toString()))
                .isReady());
        assertEquals(List.of("ready"), told);

        sandbox.get().dns().remove("TXT", "cf-bounce.life.example.com");
        DnsStatus broken = subdomains.dnsStatus(made.getTag());
        assertEquals("misconfigured [spf.missing]", broken.toString());
        assertEquals(
                "cf-bounce.life.example.com",
                broken.getProblems().get(0).getMissing().orElseThrow().getName());
        subdomains.repairDns(made.getTag());
        assertTrue(subdomains.dnsStatus(made.getTag()).isReady());

        sending.send(letter("a@life.example.com", "b@example.net"));
        assertEquals("a@life.example.com", sandbox.accepted().get(0).from());

        client.suppressions(sandbox.account()).add(NewSuppression.of("gone@example.net"));
        Email toBoth = letter("a@life.example.com", "b@example.net", "gone@example.net");
        assertEquals(
                400,
                assertThrows(CloudflareApiException.class, () -> sending.send(toBoth))
                        .getStatus());
        Subdomain changed =
                subdomains.update(made.getTag(), SubdomainChange.none().dropSuppressedRecipients(true));
        assertEquals(Optional.of(true), changed.getDropSuppressedRecipients());
        assertEquals(made.getPreviewEnabled(), changed.getPreviewEnabled());
        assertEquals(List.of("gone@example.net"), sending.send(toBoth).getSuppressedRecipients());

        subdomains.delete(made.getTag());
        assertFalse(subdomains.find("life.example.com").isPresent());
        assertRefused(404, "2033", assertThrows(CloudflareApiException.class, () -> subdomains.delete(made.getTag())));
        assertRefused(403, "10204", assertThrows(CloudflareApiException.class, () -> sending.send(toBoth)));
    }

    @Test
    void whatIsInTheWayIsNamed() throws Exception {
        SendingSubdomains subdomains = client.subdomains(sandbox.zone());
        assertRefused(400, "2028", assertThrows(CloudflareApiException.class, () -> subdomains.get("not hexadecimal")));
        assertRefused(404, "2033", assertThrows(CloudflareApiException.class, () -> subdomains.dnsStatus("ab")));
        String tag = subdomains.create("locked.example.com").getTag();
        sandbox.get().lock("locked.example.com", true);
        assertRefused(403, "2043", assertThrows(CloudflareApiException.class, () -> subdomains.delete(tag)));
        sandbox.get().lock("locked.example.com", false);
        subdomains.delete(tag);
    }

    @Test
    void theSuppressionList() throws Exception {
        Suppressions suppressions = client.suppressions(sandbox.account());
        Instant expiry = Instant.parse("2100-01-01T00:00:00Z");
        Suppression added = suppressions.add(
                NewSuppression.of("one@example.net").expiresAt(expiry).note("asked to"));
        Suppression read = suppressions.get(added.getId());
        assertEquals("one@example.net (manual)", read.toString());
        assertEquals(Optional.of(expiry), read.getExpiresAt());
        assertEquals(Optional.of("asked to"), read.getNote());
        assertEquals(Optional.of("account"), read.getScopeType());
        assertTrue(read.getCreatedAt().isPresent());

        Suppression unending =
                suppressions.update(added.getId(), SuppressionChange.none().neverExpires());
        assertEquals(Optional.empty(), unending.getExpiresAt());
        assertEquals(Optional.of("asked to"), unending.getNote(), "what is not set stays");
        assertEquals(
                Optional.empty(),
                suppressions
                        .update(added.getId(), SuppressionChange.none().note(""))
                        .getNote());

        suppressions.add(NewSuppression.of("one@example.net").sendingDomain("example.com"));
        assertEquals(
                List.of(Optional.of("example.com")),
                suppressions
                        .list(SuppressionFilter.all().sendingDomain("example.com"))
                        .map(Suppression::getSendingDomain)
                        .toList());
        assertEquals(
                1,
                suppressions
                        .list(SuppressionFilter.all().account().email("ONE@example.net"))
                        .count());
        assertEquals(
                2, suppressions.list(SuppressionFilter.all().search("one@")).count());
        assertEquals(
                0,
                suppressions.list(SuppressionFilter.all().reason("hard_bounce")).count());

        String policy =
                sandbox.get().suppress("p@example.net", "policy", null, true).id();
        assertTrue(suppressions.get(policy).isReadOnly());
        assertEquals(
                403,
                assertThrows(CloudflareApiException.class, () -> suppressions.remove(policy))
                        .getStatus());
        suppressions.remove(added.getId());
        assertRefused(404, "10000", assertThrows(CloudflareApiException.class, () -> suppressions.get(added.getId())));
    }

    @Test
    void manySuppressions() throws Exception {
        Suppressions suppressions = client.suppressions(sandbox.account());
        sandbox.get().suppress("policy@example.net", "policy", null, true);
        List<NewSuppression> many = IntStream.range(0, 1203)
                .mapToObj(i -> NewSuppression.of("r" + i + "@example.net"))
                .collect(Collectors.toCollection(ArrayList::new));
        many.set(7, NewSuppression.of("no address"));
        many.set(1100, NewSuppression.of("policy@example.net"));
        List<RejectedSuppression> rejected = suppressions.addAll(many);
        assertEquals(
                List.of("7 invalid", "1100 skipped"),
                rejected.stream()
                        .map(each -> each.getIndex().orElseThrow() + " " + each.getStatus())
                        .toList());
        sandbox.get().suppressionPages(3, 0, 1, 0, 500);
        assertEquals(
                1202,
                suppressions
                        .list(SuppressionFilter.all())
                        .map(Suppression::getEmail)
                        .distinct()
                        .count());
    }

    @Test
    void aMessageIsSentCountedAndReadBack() throws Exception {
        EmailSending sending = client.sending(sandbox.account());
        long before = sending.limits().getSent().orElseThrow();
        SendResult result = sending.sendRaw(
                "a@example.com",
                List.of("b@example.net"),
                "From: a@example.com\r\nTo: b@example.net\r\nSubject: x\r\n\r\nHi \u2709\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        SendingLimits limits = sending.limits();
        assertEquals(before + 1, limits.getSent().orElseThrow());
        assertEquals(Optional.of(1000L), limits.getQuota());
        assertEquals(Optional.of("day"), limits.getQuotaUnit());
        assertTrue(limits.getResetsAt().isPresent());
        String id = result.getMessageId().orElseThrow();
        assertTrue(id.startsWith("<") && id.endsWith("@example.com>"), id);
        String message = new String(sending.message(id), StandardCharsets.UTF_8);
        assertTrue(message.contains("Hi \u2709"), message);
        assertThrows(CloudflareApiException.class, () -> sending.message("<nobody@example.com>"));
    }

    @Test
    void aStructuredMessageArrives() throws Exception {
        client.sending(sandbox.account())
                .send(Email.builder()
                        .from("a@example.com", "Ada")
                        .replyTo("r@example.com", "Re")
                        .to("b@example.net", "Bo")
                        .cc("c@example.net")
                        .bcc("d@example.net")
                        .subject("Picture")
                        .text("See it")
                        .html("<img src='cid:logo'>")
                        .header("X-Campaign", "7")
                        .attach(Attachment.inline(new byte[] {1, 2}, "l.png", "image/png", "logo"))
                        .attach(Attachment.of(new byte[] {3, 4}, "f.bin", "application/octet-stream"))
                        .build());
        assertEquals(
                List.of("b@example.net", "c@example.net", "d@example.net"),
                sandbox.accepted().get(0).recipients());
        String mail = new String(sandbox.mailbox("d@example.net").get(0), StandardCharsets.US_ASCII);
        for (String part : List.of("Subject: Picture", "X-Campaign: 7", "AQI=", "AwQ=", "logo", "f.bin")) {
            assertTrue(mail.contains(part), mail);
        }
        assertFalse(mail.contains("d@example.net"), "nobody sees the blind copy");
    }

    @Test
    void aWrongTokenIsRefusedWithoutBeingShown() {
        try (CloudflareEmail wrong = CloudflareEmail.builder()
                .token("wrong-token")
                .endpoint(sandbox.endpoint())
                .build()) {
            CloudflareApiException thrown = assertThrows(
                    CloudflareApiException.class,
                    () -> wrong.subdomains(sandbox.zone()).list());
            assertTrue(thrown.getStatus() == 401 || thrown.getStatus() == 403, thrown::getMessage);
            assertFalse(thrown.getMessage().contains("wrong-token"));
        }
    }
}
