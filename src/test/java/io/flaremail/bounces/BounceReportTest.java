package io.flaremail.bounces;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.api.DeliveryEvent;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as mail programs and Angus Mail's dsn module read them. */
class BounceReportTest {
    private static final Instant NOW = Instant.parse("2026-06-01T03:00:00Z");
    private static final String OWN_ID = "<own.1@shop.example>";

    private static BounceReport report(DeliveryEvent event) {
        return BounceReport.of(event, Optional.of(OWN_ID), NOW).orElseThrow();
    }

    private static MimeMessage parsed(BounceReport report) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(report.getMessage()));
    }

    private static InternetHeaders part(MimeMessage mail, int number) throws Exception {
        try (InputStream in = new MimeMultipart(mail.getDataHandler().getDataSource())
                .getBodyPart(number)
                .getInputStream()) {
            return new InternetHeaders(in);
        }
    }

    @Test
    void aBounceByAngussDsnModule() throws Exception {
        MimeMessage mail = parsed(report(Events.bounce("ada@example.org")));
        assertEquals("Undelivered Mail Returned to Sender", mail.getSubject());
        assertEquals("billing@example.com", mail.getAllRecipients()[0].toString());
        assertEquals("<0190d0c4-bounced@cf-bounce.example.com>", mail.getMessageID());
        assertEquals(OWN_ID, mail.getHeader("In-Reply-To", null));
        assertEquals("auto-replied", mail.getHeader("Auto-Submitted", null));
        assertEquals("ada@example.org", mail.getHeader("X-Failed-Recipients", null));
        assertEquals(Instant.parse("2026-06-01T02:48:57Z"), mail.getSentDate().toInstant());

        MultipartReport report = new MultipartReport(mail.getDataHandler().getDataSource());
        assertTrue(report.getText().contains("<ada@example.org>: 550 5.1.1 User unknown"), report.getText());
        DeliveryStatus status = (DeliveryStatus) report.getReport();
        assertEquals("dns; cf-bounce.example.com", status.getMessageDSN().getHeader("Reporting-MTA", null));
        assertEquals(OWN_ID, status.getMessageDSN().getHeader("X-Original-Message-ID", null));
        assertEquals(1, status.getRecipientDSNCount());
        InternetHeaders recipient = status.getRecipientDSN(0);
        assertEquals("rfc822; ada@example.org", recipient.getHeader("Final-Recipient", null));
        assertEquals("failed", recipient.getHeader("Action", null));
        assertEquals("5.1.1", recipient.getHeader("Status", null));
        assertEquals("smtp; 550 5.1.1 User unknown", recipient.getHeader("Diagnostic-Code", null));
        MimeMessage returned = report.getReturnedMessage();
        assertEquals(OWN_ID, returned.getMessageID());
        assertEquals("Invoice 17", returned.getSubject());
        assertEquals("billing@example.com", returned.getFrom()[0].toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bounced  | \"delivery\":{\"smtpEnhancedStatusCode\":\"5.2.2\"}             | failed  | 5.2.2",
                "bounced  | \"delivery\":{\"smtpEnhancedStatusCode\":\"nonsense\"}          | failed  | 5.0.0",
                "bounced  | ''                                                              | failed  | 5.0.0",
                "bounced  | \"bounce\":{\"type\":\"soft\"}                                  | failed  | 5.4.7",
                "failed   | \"failure\":{\"reason\":\"internal\"}                           | failed  | 5.3.0",
                "rejected | \"rejection\":{\"reason\":\"suppressed\"}                       | failed  | 5.7.1",
                "deferred | \"bounce\":{\"type\":\"soft\",\"reason\":\"busy\"}              | delayed | 4.0.0",
                "deferred | \"delivery\":{\"smtpEnhancedStatusCode\":\"4.7.1\"}             | delayed | 4.7.1",
            })
    void actionAndStatus(String kind, String detail, String action, String status) throws Exception {
        MimeMessage mail = parsed(report(Events.event(kind, "a@example.org", "S", detail)));
        DeliveryStatus dsn =
                (DeliveryStatus) new MultipartReport(mail.getDataHandler().getDataSource()).getReport();
        assertEquals(action, dsn.getRecipientDSN(0).getHeader("Action", null));
        assertEquals(status, dsn.getRecipientDSN(0).getHeader("Status", null));
    }

    @Test
    void aComplaintIsAFeedbackReport() throws Exception {
        MimeMessage mail =
                parsed(report(Events.event("complained", "a@example.org", null, "\"complaint\":{\"type\":\"abuse\"}")));
        assertTrue(mail.getContentType().contains("report-type=feedback-report"), mail.getContentType());
        assertEquals(
                "message/feedback-report",
                new MimeMultipart(mail.getDataHandler().getDataSource())
                        .getBodyPart(1)
                        .getContentType());
        InternetHeaders feedback = part(mail, 1);
        assertEquals("abuse", feedback.getHeader("Feedback-Type", null));
        assertEquals("1", feedback.getHeader("Version", null));
        assertEquals("<billing@example.com>", feedback.getHeader("Original-Mail-From", null));
        assertEquals("<a@example.org>", feedback.getHeader("Original-Rcpt-To", null));
        assertEquals(OWN_ID, part(mail, 2).getHeader("Message-ID", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "opened"})
    void otherEventsHaveNoReport(String kind) {
        assertFalse(BounceReport.of(Events.event(kind, "a@example.org", "S", ""), Optional.empty(), NOW)
                .isPresent());
    }

    @Test
    void withoutAnIdOfItsOwnTheServicesIsReported() throws Exception {
        BounceReport report = BounceReport.of(Events.bounce("a@example.org"), Optional.empty(), NOW)
                .orElseThrow();
        assertEquals(Events.SERVICE_ID, part(parsed(report), 2).getHeader("Message-ID", null));
    }

    @Test
    void subjectsOfEveryScript() throws Exception {
        for (String subject : List.of(
                "Gr\u00fc\u00dfe aus K\u00f6ln",
                "\u8bf7\u6c42\u4e66 17",
                "\ud83d\udce7 mail",
                "\u00e9".repeat(200),
                "a ".repeat(300).trim())) {
            String field = part(parsed(report(Events.event("bounced", "a@example.org", subject, ""))), 2)
                    .getHeader("Subject", null);
            assertEquals(subject, MimeUtility.decodeText(MimeUtility.unfold(field)));
        }
    }

    /** What servers and senders write must not add a field or a part. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: evil@example.org",
                "x\r\n\r\n--=_0190d0c4-bounced\r\nContent-Type: text/html",
                "\u0000\u0007\u2028\u2029\u0085",
                "\u202eabc",
                "--=_0190d0c4-bounced--"
            })
    void hostileTexts(String text) throws Exception {
        String json = text.replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\u0000", "\\u0000")
                .replace("\u0007", "\\u0007");
        BounceReport report = report(Events.event(
                "bounced",
                "a@example.org",
                text.replaceAll("[\u0000\u0007]", ""),
                "\"delivery\":{\"smtpResponse\":\"" + json + "\"},\"bounce\":{\"reason\":\"" + json + "\"}"));
        String mail = new String(report.getMessage(), US_ASCII);
        assertArrayEquals(mail.getBytes(US_ASCII), report.getMessage());
        assertTrue(mail.lines().allMatch(line -> line.length() <= 998 && line.matches("[ -~]*")), mail);
        assertEquals(mail.lines().count(), mail.split("\r\n").length);
        MimeMessage parsed = parsed(report);
        assertEquals(3, new MimeMultipart(parsed.getDataHandler().getDataSource()).getCount());
        assertEquals(
                List.of(
                        "Date",
                        "From",
                        "To",
                        "Subject",
                        "Message-ID",
                        "In-Reply-To",
                        "References",
                        "Auto-Submitted",
                        "X-Failed-Recipients",
                        "MIME-Version",
                        "Content-Type"),
                java.util.Collections.list(parsed.getAllHeaders()).stream()
                        .map(header -> header.getName())
                        .collect(Collectors.toList()));
    }
}
