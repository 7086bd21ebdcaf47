package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message given as its parts: the JSON it becomes, what must not be missing, and what a caller is told. */
class EmailTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xFF};

    private static Email.Builder letter() {
        return Email.builder().from("a@x.com").to("b@y.org").subject("s").text("t");
    }

    private static void assertBecomes(String json, Email email) throws CloudflareApiException {
        peer.script(Reply.ok("{\"message_id\":\"<id@x>\",\"delivered\":[],\"queued\":[],\"permanent_bounces\":[]}"));
        try (CloudflareEmail client = peer.client()) {
            assertEquals(
                    Optional.of("<id@x>"), client.sending("acc").send(email).getMessageId());
        }
        assertEquals("POST /accounts/acc/email/sending/send", peer.onlyCall().line());
        assertEquals(ApiPeer.json(json.replace('\'', '"')), peer.onlyCall().json());
    }

    /** To the byte: fields in this order, UTF-8, and an empty attachment. */
    @Test
    void theBodyIsCompactJson() throws Exception {
        peer.script(Reply.ok("{}"));
        try (CloudflareEmail client = peer.client()) {
            client.sending("acc")
                    .send(Email.builder()
                            .to("b@y.org")
                            .from("a@x.com", "Ada \u00c4")
                            .html("<p class=\"x\">\\\u0001")
                            .subject("\u20ac \ud83d\ude00")
                            .attach(Attachment.of(IMAGE, "i", "x/y"))
                            .attach(Attachment.of(new byte[0], "e", "x/y"))
                            .build());
        }
        assertEquals(
                "{\"from\":{\"address\":\"a@x.com\",\"name\":\"Ada \u00c4\"},\"to\":[{\"address\":\"b@y.org\"}],"
                        + "\"subject\":\"\u20ac \\uD83D\\uDE00\",\"html\":\"<p class=\\\"x\\\">\\\\\\u0001\",\"attachments\":["
                        + "{\"content\":\"iVBORwD/\",\"filename\":\"i\",\"type\":\"x/y\",\"disposition\":\"attachment\"},"
                        + "{\"content\":\"\",\"filename\":\"e\",\"type\":\"x/y\",\"disposition\":\"attachment\"}]}",
                peer.onlyCall().text());
    }

    @Test
    void theLeastThereIs() throws Exception {
        assertBecomes(
                "{'from':{'address':'a@x.com'},'to':[{'address':'b@y.org'}],'subject':'s','text':'t'}",
                letter().build());
    }

    @Test
    void theAddressForAnswersNeedsNoName() throws Exception {
        assertBecomes(
                "{'from':{'address':'a@x.com'},'to':[{'address':'b@y.org'}],'reply_to':{'address':'r@x.com'},"
                        + "'subject':'s','text':'t'}",
                letter().replyTo("r@x.com").build());
    }

    @Test
    void everyField(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("Rechnung \u20ac.txt"), "42 \u20ac".getBytes(StandardCharsets.UTF_8));
        assertBecomes(
                "{'from':{'address':'a@x.com','name':'Ada \\u00c4'},"
                        + "'to':[{'address':'b@y.org','name':'Bo'},{'address':'b2@y.org'}],"
                        + "'cc':[{'address':'c@y.org'},{'address':'c2@y.org','name':'Cy'}],"
                        + "'bcc':[{'address':'d@y.org'},{'address':'d2@y.org','name':'Di'}],"
                        + "'reply_to':{'address':'r@x.com','name':'Re'},'subject':'\\u2709 s','text':'t\\n','html':'<p>h'"
                        + ",'headers':{'X-One':'1','List-Unsubscribe':'<https://x.com/u>'},'attachments':["
                        + "{'content':'NDIg4oKs','filename':'Rechnung \\u20ac.txt','type':'text/plain',"
                        + "'disposition':'attachment'},"
                        + "{'content':'iVBORwD/','filename':'i.png','type':'image/png','disposition':'inline',"
                        + "'content_id':'logo'}]}",
                Email.builder()
                        .from("a@x.com", "Ada \u00c4")
                        .to("b@y.org", "Bo")
                        .to("b2@y.org")
                        .cc("c@y.org")
                        .cc("c2@y.org", "Cy")
                        .bcc("d@y.org")
                        .bcc("d2@y.org", "Di")
                        .replyTo("r@x.com", "Re")
                        .subject("\u2709 s")
                        .text("t\n")
                        .html("<p>h")
                        .header("X-One", "1")
                        .header("List-Unsubscribe", "<https://x.com/u>")
                        .attach(Attachment.of(file, "text/plain"))
                        .attach(Attachment.inline(IMAGE, "i.png", "image/png", "logo"))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"to", "cc", "bcc"})
    void anyRecipientWillDo(String field) throws Exception {
        Email.Builder builder = Email.builder().from("a@x.com").subject("").html("");
        Email email = switch (field) {
            case "to" -> builder.to("b@y.org").build();
            case "cc" -> builder.cc("b@y.org").build();
            default -> builder.bcc("b@y.org").build();
        };
        assertBecomes(
                "{'from':{'address':'a@x.com'},'" + field + "':[{'address':'b@y.org'}],'subject':'','html':''}", email);
    }

    @ParameterizedTest
    @CsvSource({"from, a from address", "subject, a subject", "text, a text or HTML", "to, a recipient"})
    void whatIsMissingIsNamed(String missing, String named) {
        Email.Builder builder = Email.builder();
        if (!missing.equals("from")) {
            builder.from("a@x.com");
        }
        if (!missing.equals("subject")) {
            builder.subject("s");
        }
        if (!missing.equals("text")) {
            builder.text("t");
        }
        if (!missing.equals("to")) {
            builder.to("b@y.org");
        }
        IllegalStateException thrown = assertThrows(IllegalStateException.class, builder::build);
        assertEquals("the message needs " + named, thrown.getMessage());
    }

    @Test
    void anEmailIsNotChangedByItsBuilder() throws Exception {
        byte[] content = {1, 2, 3};
        Email.Builder builder = letter().attach(Attachment.of(content, "f", "x/y"));
        Email email = builder.build();
        content[0] = 9;
        builder.to("more@y.org").cc("c@y.org").subject("another").html("h").header("X-A", "b");
        builder.attach(Attachment.of(content, "g", "x/y"));
        assertBecomes(
                "{'from':{'address':'a@x.com'},'to':[{'address':'b@y.org'}],'subject':'s','text':'t','attachments':["
                        + "{'content':'AQID','filename':'f','type':'x/y','disposition':'attachment'}]}",
                email);
    }

    @Test
    void partsThatAreNullAreRefusedWhereTheyAreGiven() {
        assertThrows(NullPointerException.class, () -> letter().to(null));
        assertThrows(NullPointerException.class, () -> letter().attach(null));
        assertThrows(NullPointerException.class, () -> Attachment.of((byte[]) null, "f", "x/y"));
        assertThrows(NullPointerException.class, () -> Attachment.inline(IMAGE, "f", "x/y", null));
        assertThrows(NullPointerException.class, () -> letter().header("X-A", null));
        assertThrows(NullPointerException.class, () -> letter().header(null, "x"));
    }

    /** A line break in one field must not become another field. */
    @ParameterizedTest
    @ValueSource(strings = {"x\r\nBcc: e@evil.example", "x\n", "\r", "x\u0000", "\u0085x", "\u007f"})
    void nothingButTheTextHasSeveralLines(String lines) {
        List<Executable> parts = List.of(
                () -> letter().from(lines),
                () -> letter().from("a@x.com", lines),
                () -> letter().to(lines),
                () -> letter().cc("c@y.org", lines),
                () -> letter().bcc(lines, null),
                () -> letter().replyTo(lines),
                () -> letter().subject(lines),
                () -> letter().header("X-A", lines),
                () -> letter().header(lines, "x"),
                () -> Attachment.of(IMAGE, lines, "x/y"),
                () -> Attachment.of(IMAGE, "f", lines),
                () -> Attachment.inline(IMAGE, "f", "x/y", lines));
        parts.forEach(part -> assertThrows(IllegalArgumentException.class, part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X A", "X:A", "X-A:", "X-\u00c4"})
    void aFieldsNameIsOne(String name) {
        assertThrows(IllegalArgumentException.class, () -> letter().header(name, "x"));
    }

    /** Nothing in it is no reason to leave it out; and it is read when it is attached. */
    @Test
    void anEmptyFileMayVanish(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("empty"));
        Attachment attachment = Attachment.of(file, "text/plain");
        Files.delete(file);
        assertBecomes(
                "{'from':{'address':'a@x.com'},'to':[{'address':'b@y.org'}],'subject':'s','text':'t','attachments':["
                        + "{'content':'','filename':'empty','type':'text/plain','disposition':'attachment'}]}",
                letter().attach(attachment).build());
    }

    @Test
    void aFileThatIsNotThereIsTold(@TempDir Path directory) {
        assertThrows(NoSuchFileException.class, () -> Attachment.of(directory.resolve("no"), "x/y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "Subject: \u00e9\r\n\r\n"})
    void rawBytesThatAreNotUtf8CannotBeSent(String text) {
        try (CloudflareEmail client = peer.client()) {
            byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
            IllegalArgumentException thrown = assertThrows(
                    IllegalArgumentException.class,
                    () -> client.sending("acc").sendRaw("a@x.com", List.of("b@y.org"), latin1));
            assertTrue(thrown.getMessage().contains("UTF-8"));
        }
        assertEquals(List.of(), peer.lines());
    }

    /** What stands in a message arrives as it stands there: a BOM, NUL, quotes, surrogates. */
    @Test
    void rawBytesArriveAsTheyAre() throws IOException {
        String text = "\uFEFFSubject: \"\\\r\n\r\n\u0000\u2028\ud83d\ude00</script>\r\n";
        peer.script(Reply.ok("{}"));
        try (CloudflareEmail client = peer.client()) {
            client.sending("acc").sendRaw("a@x.com", List.of("b@y.org"), text.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(text, peer.onlyCall().json().path("mime_message").textValue());
    }

    @Test
    void anUnknownOutcomeIsNoRefusal() {
        peer.script(Reply.reset());
        try (CloudflareEmail client = peer.client()) {
            CloudflareApiException thrown = assertThrows(
                    CloudflareApiException.class, () -> client.sending("acc").send(letter().build()));
            assertTrue(thrown.isAcceptanceUnknown());
            assertTrue(thrown.getMessage().contains("it may have been accepted"), thrown::getMessage);
        }
        peer.onlyCall();
    }
}
