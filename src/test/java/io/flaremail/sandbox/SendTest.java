package io.flaremail.sandbox;

import static io.flaremail.sandbox.TestClient.assertError;
import static io.flaremail.sandbox.TestClient.result;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SendTest {
    private static final String HEAD = "{'from':'ada@example.com','subject':'Hi',";
    private static final String WHOLE = HEAD + "'to':'bob@x.org','text':'Hello',";

    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    private final TestClient client = new TestClient(sandbox.get());

    private HttpResponse<byte[]> post(String body) throws Exception {
        return client.call("POST", "/accounts/{account}/email/sending/send", body.replace('\'', '"'));
    }

    private MimeMessage received(String recipient) throws Exception {
        byte[] bytes = sandbox.mailbox(recipient).get(0);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    }

    @Test
    void composesAndDelivers() throws Exception {
        String content = Base64.getEncoder().encodeToString(new byte[] {0, 1, (byte) 0xff});
        JsonNode result = result(post("{'from':{'address':'ada@example.com','name':'Ada L\u00f6velace'},"
                + "'subject':'Gr\u00fc\u00dfe','text':'Hell\u00f6','html':'<b>Hell\u00f6</b>',"
                + "'to':'bob@x.org','cc':['cleo@x.org',{'address':'dan@x.org','name':null}],"
                + "'bcc':{'address':'eve@x.org','name':'Eve'},'reply_to':'help@example.com',"
                + "'headers':{'X-Tag':'t\u00e4g','References':'<a@b>'},'attachments':["
                + "{'content':'" + content
                + "','filename':'\u00e4.bin','type':'application/octet-stream','disposition':'attachment'},"
                + "{'content':'" + content
                + "','filename':'l.png','type':'image/png','disposition':'inline','content_id':'logo'}]}"));
        for (String recipient : List.of("bob@x.org", "cleo@x.org", "dan@x.org", "eve@x.org")) {
            assertEquals(1, sandbox.mailbox(recipient).size(), recipient);
        }
        MimeMessage mail = received("eve@x.org");
        assertEquals(result.get("message_id").textValue(), mail.getMessageID());
        assertEquals("Ada L\u00f6velace", ((InternetAddress) mail.getFrom()[0]).getPersonal());
        assertEquals("Gr\u00fc\u00dfe", mail.getSubject());
        assertEquals(2, mail.getRecipients(RecipientType.CC).length);
        assertNull(mail.getRecipients(RecipientType.BCC));
        assertEquals("help@example.com", mail.getReplyTo()[0].toString());
        assertEquals("<a@b>", mail.getHeader("References", null));
        MimeMultipart mixed = (MimeMultipart) mail.getContent();
        MimeMultipart related = (MimeMultipart) mixed.getBodyPart(0).getContent();
        MimeMultipart alternative = (MimeMultipart) related.getBodyPart(0).getContent();
        assertEquals("Hell\u00f6", alternative.getBodyPart(0).getContent());
        assertEquals("<b>Hell\u00f6</b>", alternative.getBodyPart(1).getContent());
        assertEquals("<logo>", ((MimeBodyPart) related.getBodyPart(1)).getContentID());
        assertArrayEquals(
                new byte[] {0, 1, (byte) 0xff},
                mixed.getBodyPart(1).getInputStream().readAllBytes());
        assertEquals("ada@example.com", sandbox.accepted().get(0).from());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + "'to':'bob@x.org','text':'Hello'}",
                HEAD + "'to':'bob@x.org','html':'<p>'}",
                HEAD + "'cc':'bob@x.org','text':'Hello','html':''}",
                HEAD + "'bcc':['bob@x.org'],'text':'Hello'}",
                WHOLE + "'headers':{},'attachments':[]}",
                WHOLE + "'headers':{'Priority':'urgent','Expires':'x','Reply-By':'x'}}",
                WHOLE + "'headers':{'List-Unsubscribe':'<mailto:x@example.com>','x-y':'z'}}"
            })
    void minimalForms(String body) throws Exception {
        result(post(body));
        assertEquals(1, sandbox.mailbox("bob@x.org").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + "'to':'bob@x.org'}",
                HEAD + "'to':'bob@x.org','text':'','html':''}",
                HEAD + "'to':'bob@x.org','text':null}",
                HEAD + "'text':'Hello'}",
                HEAD + "'to':[],'text':'Hello'}",
                HEAD + "'to':null,'text':'Hello'}",
                HEAD + "'to':'Bob <bob@x.org>','text':'Hello'}",
                HEAD + "'to':{'email':'bob@x.org','name':'Bob'},'text':'Hello'}",
                HEAD + "'to':{'address':'bob@x.org','name':'B\\r\\nX: y'},'text':'Hello'}",
                HEAD + "'to':[['bob@x.org']],'text':'Hello'}",
                "{'subject':'Hi','to':'bob@x.org','text':'Hello'}",
                "{'from':'ada@example.com','to':'bob@x.org','text':'Hello'}",
                "{'from':['ada@example.com'],'subject':'Hi','to':'bob@x.org','text':'Hello'}",
                "{'from':'ada@example.com','subject':'Hi\\nX: y','to':'bob@x.org','text':'Hello'}",
                WHOLE + "'recipients':[]}",
                WHOLE + "'reply_to':['a@x.org']}",
                WHOLE + "'headers':[]}",
                WHOLE + "'headers':{'X-A':1}}",
                WHOLE + "'headers':{'X-A':'b\\r\\nc'}}",
                WHOLE + "'headers':{'X-A: b':'c'}}",
                WHOLE + "'headers':{'Subject':'x'}}",
                WHOLE + "'headers':{'Date':'x'}}",
                WHOLE + "'headers':{'message-id':'x'}}",
                WHOLE + "'headers':{'DKIM-Signature':'x'}}",
                WHOLE + "'headers':{'Some-Header':'x'}}",
                WHOLE + "'headers':{'X-A':''}}",
                WHOLE + "'headers':{'X-A.b':'c'}}",
                WHOLE + "'headers':{'List-Unsubscribe':'<http://example.com/>'}}",
                WHOLE + "'headers':{'List-Unsubscribe':'<mailto:x@example.com>','List-Unsubscribe-Post':'yes'}}",
                WHOLE + "'attachments':{}}",
                WHOLE + "'attachments':[{'content':'?','filename':'f','type':'a/b','disposition':'attachment'}]}",
                WHOLE + "'attachments':[{'content':'AA==','filename':'f','type':'a/b'}]}",
                WHOLE + "'attachments':[{'content':'AA==','filename':'f','type':'a/b','disposition':'inline'}]}",
                WHOLE + "'attachments':[{'content':'AA==','filename':'f','type':'a','disposition':'attachment'}]}",
                WHOLE + "'attachments':[{'content':'AA==','type':'a/b','disposition':'attachment'}]}",
                WHOLE + "'attachments':[{'content':'AA==','filename':'f','type':'a/b','disposition':'x'}]}"
            })
    void theSchemaIsStrict(String body) throws Exception {
        assertError(ApiError.INVALID_REQUEST_SCHEMA, post(body));
        assertEquals(List.of(), sandbox.accepted());
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51})
    void fiftyRecipientsTogether(int count) throws Exception {
        String cc = String.join(",", Collections.nCopies(count - 1, "'bob@x.org'"));
        assertEquals(
                count > 50 ? 400 : 200,
                post(HEAD + "'text':'Hello','to':'bob@x.org','cc':[" + cc + "]}")
                        .statusCode());
    }

    @Test
    void headersHaveLimits() throws Exception {
        String longest = "x".repeat(2048);
        assertEquals(200, post(WHOLE + "'headers':{'X-A':'" + longest + "'}}").statusCode());
        assertError(ApiError.INVALID_REQUEST_SCHEMA, post(WHOLE + "'headers':{'X-A':'" + longest + "x'}}"));
        StringBuilder many = new StringBuilder("'X-0':''");
        for (int i = 1; i <= 8; i++) {
            many.append(",'X-").append(i).append("':'").append(longest).append("'");
        }
        assertError(ApiError.INVALID_REQUEST_SCHEMA, post(WHOLE + "'headers':{" + many + "}}"));
    }

    @Test
    void whatHoldsForRawMessagesHoldsHere() throws Exception {
        assertError(
                ApiError.SENDER_NOT_CONFIGURED,
                post("{'from':'ada@other.org','subject':'Hi','to':'bob@x.org','text':'Hello'}"));
        sandbox.get().suppress("sue@x.org");
        assertError(ApiError.RECIPIENT_SUPPRESSED, post(HEAD + "'bcc':'sue@x.org','text':'Hello'}"));
        assertError(ApiError.TOO_BIG, post(HEAD + "'to':'bob@x.org','text':'" + "x\\n".repeat(3 << 20) + "'}"));
        sandbox.fail(Fault.error(ApiError.THROTTLED));
        assertError(ApiError.THROTTLED, post(WHOLE + "'headers':{}}"));
        assertEquals(
                "[\"bounce@x.org\"]",
                result(post(HEAD + "'to':'bounce@x.org','text':'Hello'}"))
                        .get("permanent_bounces")
                        .toString());
    }
}
