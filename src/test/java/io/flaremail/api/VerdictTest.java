package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flaremail.api.SendOutcome.Kind;
import io.flaremail.http.HttpOutcome;
import io.flaremail.http.Redaction;
import io.flaremail.http.RequestBodyException;
import io.flaremail.http.RequestPhase;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer means. In case of doubt: unknown, and never tried again. */
class VerdictTest {
    private static final Redaction REDACTION = new Redaction("the-token");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    /** Single quotes for double ones; {@code <..>} stands for what is written below. */
    static Stream<Arguments> wholeRequests() {
        return Stream.of(
                // accepted: success, and a result of the documented form or none
                accepted(200, "{'success':true,'errors':[],'messages':[],'result':null}"),
                accepted(200, "{'success':true}"),
                accepted(200, "{'success':true,'result':{}}"),
                accepted(200, "{'success':true,'result':{'message_id':7,'delivered':null,'queued':[]}}"),
                accepted(200, "{'success':true,'result':{'new_field':{'a':[1]}},'new_field':1}"),
                accepted(201, "{'success':true}"),
                accepted(202, "{'success':true}"),
                accepted(200, "{'success':true,'errors':'none','messages':0}"),
                accepted(200, " \n{'success':true}\n\t "),
                // "success" that nobody can rely on
                unknown(200, "{'success':true,'result':[]}"),
                unknown(200, "{'success':true,'result':'ok'}"),
                unknown(200, "{'success':true,'result':{'delivered':'a@example.net'}}"),
                unknown(200, "{'success':true,'result':{'delivered':{}}}"),
                unknown(200, "{'success':true,'result':{'queued':[1]}}"),
                unknown(200, "{'success':true,'result':{'permanent_bounces':[null]}}"),
                unknown(200, "{'success':true,'result':{'permanent_bounces':true}}"),
                unknown(200, "{'success':true,'result':{'suppressed_recipients':[['a@example.net']]}}"),
                unknown(400, "{'success':true}"),
                unknown(403, "{'success':true,'result':{}}"),
                unknown(429, "{'success':true,'errors':[{'code':10004,'message':'x.throttled'}]}"),
                unknown(500, "{'success':true,'errors':[{'code':10002,'message':'x.internal_server'}]}"),
                unknown(307, "{'success':true}"),
                // and failure that comes with a result
                unknown(200, "{'success':false,'result':{'message_id':'<a@b>'}}"),
                unknown(200, "{'success':false,'result':[]}"),
                unknown(400, "{'success':false,'result':{}}"),
                unknown(429, "{'success':false,'result':{'queued':[]}}"),
                unknown(500, error(10002, "internal_server").replace("}]", "}],'result':{}")),
                // failure, whatever the status
                refused(200, "{'success':false}"),
                refused(200, error(10202, "x.email.invalid")),
                refused(400, error(10001, "x.invalid_request_schema")),
                refused(401, error(10101, "x.authentication.unauthorized")),
                refused(403, error(10203, "x.email.sending_disabled")),
                refused(404, error(7003, "Could not route")),
                refused(408, error(1, "x.timeout")),
                retryable(429, error(10004, "x.throttled")),
                retryable(429, error(971, "Please wait")),
                // no envelope below 500: HTTP itself says that it was not done
                refused(400, ""),
                refused(400, "<html>bad request</html>"),
                refused(404, "<html>not found</html>"),
                refused(413, "<html>too large</html>"),
                retryable(429, ""),
                retryable(429, "<html>slow down</html>"),
                // but 408, which may come from between after the request was passed on
                unknown(408, ""),
                unknown(408, "<html>request timeout</html>"),
                unknown(408, "{'success':'false'}"),
                // 460 and 499 of load balancers, which may have passed it on as well
                unknown(460, ""),
                unknown(499, "<html>client closed request</html>"),
                refused(499, error(1, "x.closed")),
                // every other 4xx says that the request was not carried out, RFC 9110 15.5
                refused(401, ""),
                refused(402, ""),
                refused(403, "<html>forbidden</html>"),
                refused(405, ""),
                refused(407, ""),
                refused(409, ""),
                refused(410, ""),
                refused(411, ""),
                refused(415, ""),
                refused(417, ""),
                refused(421, ""),
                refused(422, ""),
                refused(425, ""),
                refused(426, ""),
                refused(431, ""),
                refused(451, ""),
                refused(498, ""),
                // not followed, not done: the request belongs elsewhere
                refused(300, ""),
                refused(301, ""),
                refused(302, "<html>moved</html>"),
                refused(305, ""),
                refused(307, ""),
                refused(308, ""),
                // but 303 points to the result of what was done, and 304 answers no POST
                unknown(303, ""),
                unknown(303, "<html>see other</html>"),
                refused(303, error(1, "x.see_other")),
                unknown(304, ""),
                // too many values to be read
                unknown(200, "{'success':true,'result':[<flood>]}"),
                unknown(500, "{'success':false,'errors':[<flood>]}"),
                unknown(500, errors("<documented errors>,{'code':99999}")),
                // 2xx without an envelope
                unknown(200, ""),
                unknown(202, ""),
                unknown(204, ""),
                unknown(200, "<html>a proxy</html>"),
                unknown(200, "{'success':true"),
                unknown(200, "null"),
                unknown(200, "true"),
                unknown(200, "[]"),
                unknown(200, "[{'success':true}]"),
                unknown(200, "{}"),
                unknown(200, "{'Success':true}"),
                unknown(200, "{'success':null}"),
                unknown(200, "{'success':'true'}"),
                unknown(200, "{'success':1}"),
                unknown(200, "{'success':[true]}"),
                unknown(200, "{'result':{'success':true}}"),
                // strict JSON: what two readers may read differently nobody can rely on
                unknown(200, "{'success':true,'success':true}"),
                unknown(200, "{'success':false,'success':true}"),
                unknown(200, "{'success':true,'result':{'queued':[],'queued':['a@b']}}"),
                unknown(200, "{'success':true} {'success':false}"),
                unknown(200, "{'success':true}]"),
                unknown(200, "{'success':true} x"),
                unknown(200, "{'success':true,}"),
                unknown(200, "{success:true}"),
                unknown(200, "{'success':true,'result':NaN}"),
                unknown(200, "/* no */{'success':true}"),
                unknown(200, "{'success':true,'result':<deep>}"),
                unknown(200, "<deep>"),
                refused(400, "<deep>"),
                unknown(500, "<deep>"),
                unknown(200, "{'success':true,'result':{'message_id':<long number>}}"),
                // server errors: the documented ones and nothing beside them
                retryable(500, error(10002, "email.sending.error.internal_server")),
                retryable(500, error("'10002'", "email.sending.error.internal_server")),
                refused(500, error(10003, "email.sending.error.not_implemented")),
                retryable(503, error(10100, "email.sending.error.authentication.upstream")),
                unknown(500, ""),
                unknown(500, "<html>oops</html>"),
                unknown(500, "{'success':false}"),
                unknown(500, "{'success':false,'errors':[]}"),
                unknown(500, error(1, "x.oops")),
                unknown(500, error(10100, "email.sending.error.authentication.upstream")),
                unknown(501, error(10003, "email.sending.error.not_implemented")),
                unknown(502, error(10002, "email.sending.error.internal_server")),
                unknown(502, "<html>bad gateway</html>"),
                unknown(503, ""),
                unknown(503, "<html>unavailable</html>"),
                unknown(503, error(99999, "email.sending.error.something_new")),
                unknown(503, error(10002, "email.sending.error.internal_server")),
                unknown(504, error(10002, "email.sending.error.internal_server")),
                unknown(504, ""),
                unknown(520, error(10002, "email.sending.error.internal_server")),
                unknown(599, ""),
                unknown(600, error(10002, "email.sending.error.internal_server")),
                unknown(999, "{'success':false}"),
                // the message first, the code only where there is none
                retryable(500, error(1, "email.sending.error.internal_server")),
                retryable(500, error("null", "email.sending.error.internal_server")),
                retryable(500, error("{}", "email.sending.error.internal_server")),
                unknown(500, error(10002, "something else")),
                unknown(503, error(10100, "email.sending.error.throttled")),
                retryable(500, error(10002, "")),
                retryable(500, "{'success':false,'errors':[{'code':10002}]}"),
                retryable(500, "{'success':false,'errors':[{'code':10002,'message':null}]}"),
                retryable(500, "{'success':false,'errors':['email.sending.error.internal_server']}"),
                refused(500, "{'success':false,'errors':[{'code':'10003'}]}"),
                retryable(503, "{'success':false,'errors':[{'code':'10100'}]}"),
                unknown(500, "{'success':false,'errors':[{'code':10002.0}]}"),
                unknown(500, "{'success':false,'errors':[{'code':[10002]}]}"),
                unknown(500, "{'success':false,'errors':[{'code':true}]}"),
                unknown(500, "{'success':false,'errors':[{}]}"),
                unknown(500, "{'success':false,'errors':[null]}"),
                unknown(500, "{'success':false,'errors':[10002]}"),
                unknown(500, "{'success':false,'errors':[[{'code':10002}]]}"),
                unknown(500, "{'success':false,'errors':{'code':10002}}"),
                unknown(500, "{'success':false,'errors':10002}"),
                unknown(500, "{'success':'false','errors':[{'code':10002,'message':'x.internal_server'}]}"),
                // several errors: all of them must promise
                retryable(500, errors("{'code':10002},{'code':10003}")),
                retryable(500, errors("{'code':10002},{'code':10002}")),
                unknown(500, errors("{'code':10002},{'code':99999}")),
                unknown(500, errors("{'code':10002},{'code':10100}")),
                unknown(503, errors("{'code':10100},{'code':10002}")),
                unknown(503, errors("{'code':10100},{'code':10100,'message':'half of them went out'}")),
                refused(400, errors("{'code':10001},{'code':10002}")));
    }

    @ParameterizedTest(name = "{0} {1}: {2}, retryable {3}")
    @MethodSource("wholeRequests")
    void statusAndBodyDecide(int status, String body, Kind kind, boolean retryable) {
        SendOutcome outcome = verdict(status, bytes(body, StandardCharsets.UTF_8), true);
        assertEquals(kind, outcome.getKind());
        assertEquals(retryable, outcome.isRetryable());
        assertEquals(status, outcome.getStatus());
        assertEquals(kind == Kind.ACCEPTED, outcome.getResult().isPresent());
    }

    /** Of a request that did not get out whole nothing can have been sent; if the API says so all the same, nobody knows what. */
    @ParameterizedTest(name = "{0} {1}: {2}, retryable {3}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "200 | {'success':true}                                | UNKNOWN  | false",
                "200 | <html>a proxy</html>                            | REFUSED  | false",
                "400 | {'success':true}                                | REFUSED  | false",
                "407 | <html>who are you</html>                        | REFUSED  | false",
                "408 | ''                                              | REFUSED  | false",
                "413 | <html>too large</html>                          | REFUSED  | false",
                "429 | ''                                              | REFUSED  | true",
                "500 | <html>oops</html>                               | REFUSED  | false",
                "502 | <html>bad gateway</html>                        | REFUSED  | false",
                "503 | <html>unavailable</html>                        | REFUSED  | true",
                "500 | {'success':false,'errors':[{'code':10002}]}     | REFUSED  | true",
            },
            delimiter = '|')
    void answersToHalfARequest(int status, String body, Kind kind, boolean retryable) {
        SendOutcome outcome = verdict(status, bytes(body, StandardCharsets.UTF_8), false);
        assertEquals(kind, outcome.getKind());
        assertEquals(retryable, outcome.isRetryable());
    }

    /** Jackson knows them by their first bytes, and JSON is JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE"})
    void encodingsAreRecognised(String charset) {
        String body = "\uFEFF{'success':true,'result':{'message_id':'<a@example.com>'}}";
        SendOutcome outcome = verdict(200, bytes(body, Charset.forName(charset)), true);
        assertEquals(Kind.ACCEPTED, outcome.getKind());
        assertEquals(
                Optional.of("<a@example.com>"),
                outcome.getResult().orElseThrow().getMessageId());
        body = "\uFEFF{'success':false,'errors':[{'code':10002}]}";
        assertEquals(
                Kind.REFUSED,
                verdict(500, bytes(body, Charset.forName(charset)), true).getKind());
    }

    @Test
    void bytesThatAreNoTextAreNoAnswer() {
        byte[] overlong = bytes("{'success':true,'result':{'message_id':'??'}}", StandardCharsets.ISO_8859_1);
        for (int i = 0; i < overlong.length; i++) {
            overlong[i] = overlong[i] == '?' ? (byte) 0xC0 : overlong[i];
        }
        assertEquals(Kind.UNKNOWN, verdict(200, overlong, true).getKind());
        assertEquals(Kind.UNKNOWN, verdict(200, new byte[] {0, 0, 0, 0}, true).getKind());
    }

    /** The status line came, the body did not; only what the status alone says holds. */
    @ParameterizedTest(name = "{0}, then cut, request whole {1}: {2}, retryable {3}")
    @CsvSource({
        "200, true,  UNKNOWN, false",
        "400, true,  REFUSED, false",
        "408, true,  UNKNOWN, false",
        "429, true,  REFUSED, true",
        "500, true,  UNKNOWN, false",
        "503, true,  UNKNOWN, false",
        "200, false, REFUSED, false",
        "503, false, REFUSED, true",
    })
    void cutAnswers(int status, boolean whole, Kind kind, boolean retryable) {
        byte[] body = bytes("{'success':true}", StandardCharsets.UTF_8);
        HttpOutcome reply = HttpOutcome.answered(status, null, null, body, new IOException("cut"), phase(whole));
        SendOutcome outcome = Verdict.of(reply, REDACTION, NOW).sendOutcome();
        assertEquals(kind, outcome.getKind());
        assertEquals(retryable, outcome.isRetryable());
    }

    private static RequestPhase phase(boolean whole) {
        return whole ? RequestPhase.WHOLE : RequestPhase.PARTIAL;
    }

    @Test
    void noAnswerAtAll() {
        SendOutcome whole = Verdict.of(HttpOutcome.failed(new IOException("reset"), RequestPhase.WHOLE), REDACTION, NOW)
                .sendOutcome();
        assertEquals(Kind.UNKNOWN, whole.getKind());
        assertEquals(false, whole.isRetryable());
        SendOutcome half = Verdict.of(
                        HttpOutcome.failed(new IOException("reset"), RequestPhase.PARTIAL), REDACTION, NOW)
                .sendOutcome();
        assertEquals(Kind.UNSENT, half.getKind());
        assertEquals(true, half.isRetryable());
        SendOutcome ours = Verdict.of(
                        HttpOutcome.failed(new RequestBodyException("changed", null), RequestPhase.PARTIAL),
                        REDACTION,
                        NOW)
                .sendOutcome();
        assertEquals(Kind.UNSENT, ours.getKind());
        assertEquals(false, ours.isRetryable(), "the message will not get better");
    }

    @ParameterizedTest(name = "Retry-After: {0} = {1} s")
    @CsvSource(
            delimiter = '|',
            value = {
                "0                             | 0",
                "7                             | 7",
                " 7                            | 7",
                "007                           | 7",
                "999999999                     | 31536000",
                "Mon, 23 Nov 2026 12:00:30 GMT | 30",
                "Mon, 23 Nov 2026 11:00:00 GMT | 0",
                "9999999999                    | 31536000",
                "-1                            |",
                "1.5                           |",
                "soon                          |",
                "''                            |",
                "Tue, 23 Nov 2026 12:00:30 GMT |",
                "                              |",
            })
    void retryAfter(String value, Long seconds) {
        HttpOutcome reply = HttpOutcome.answered(429, null, value, new byte[0], null, RequestPhase.WHOLE);
        assertEquals(
                Optional.ofNullable(seconds).map(Duration::ofSeconds),
                Verdict.of(reply, REDACTION, NOW).sendOutcome().getRetryAfter());
    }

    @Test
    void errorsAreToldAsTheyAre() {
        SendOutcome outcome = verdict(
                400, bytes(errors("{'code':'10001','message':'a'},'b',{'code':7}"), StandardCharsets.UTF_8), true);
        assertEquals(
                List.of(
                        new ApiError("10001", "a", null, null),
                        new ApiError(null, "b", null, null),
                        new ApiError("7", "", null, null)),
                outcome.getErrors());
    }

    private static Arguments accepted(int status, String body) {
        return Arguments.of(status, body, Kind.ACCEPTED, false);
    }

    private static Arguments unknown(int status, String body) {
        return Arguments.of(status, body, Kind.UNKNOWN, false);
    }

    private static Arguments refused(int status, String body) {
        return Arguments.of(status, body, Kind.REFUSED, false);
    }

    private static Arguments retryable(int status, String body) {
        return Arguments.of(status, body, Kind.REFUSED, true);
    }

    private static String error(Object code, String message) {
        return errors("{'code':" + code + ",'message':'" + message + "'}");
    }

    private static String errors(String errors) {
        return "{'success':false,'errors':[" + errors + "]}";
    }

    private static byte[] bytes(String body, Charset charset) {
        return body.replace("<deep>", "[".repeat(100_000) + "]".repeat(100_000))
                .replace("<long number>", "9".repeat(100_000))
                .replace("<flood>", "[],".repeat(60_000) + "[]")
                .replace("<documented errors>", "{'code':10002},".repeat(40) + "{'code':10002}")
                .replace('\'', '"')
                .getBytes(charset);
    }

    private static SendOutcome verdict(int status, byte[] body, boolean whole) {
        return Verdict.of(HttpOutcome.answered(status, null, null, body, null, phase(whole)), REDACTION, NOW)
                .sendOutcome();
    }
}
