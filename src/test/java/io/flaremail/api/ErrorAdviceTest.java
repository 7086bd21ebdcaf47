package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which advice an answer gets. */
class ErrorAdviceTest {
    @ParameterizedTest(name = "HTTP {0}, {1} {2}: {3}")
    @CsvSource({
        "400, 10200, email.sending.error.email.too_big,               TOO_BIG",
        "400, 10001, email.sending.error.invalid_request_schema,      INVALID_REQUEST",
        "400, 10200, email.sending.error.email.invalid,               INVALID_MESSAGE",
        "401, 10102, email.sending.error.authentication.unauthorized, UNAUTHORIZED",
        "401, 10103, email.sending.error.bad_token_type,              BAD_TOKEN_TYPE",
        "403, 10101, email.sending.error.not_entitled,                NOT_ENTITLED",
        "403, 10203, email.sending.error.email.sending_disabled,      SENDING_DISABLED",
        "403, 10204, email.sending.error.email.sender_not_configured, SENDER_NOT_CONFIGURED",
        "403, 19002, email.sending.error.suppression.read_only,       READ_ONLY_SUPPRESSION",
        "429, 10004, email.sending.error.throttled,                   THROTTLED",
        "500, 10002, email.sending.error.internal_server,             SERVER_ERROR",
        "503, 10100, email.sending.error.authentication.upstream,     UPSTREAM_ERROR",
        "409, 2040,  some text,                                       ALREADY_EXISTS",
        "403, 2043,  some text,                                       LOCKED",
        "403, 1,     some text,                                       STATUS_FORBIDDEN",
    })
    void messageThenCodeThenStatus(int status, String code, String message, ErrorAdvice advice) {
        List<ApiError> errors = List.of(new ApiError(code, message, null, null));
        assertEquals(Optional.of(advice), ErrorAdvice.of(status, errors));
    }

    @ParameterizedTest
    @CsvSource({
        "0,   UNREACHABLE",
        "301, REDIRECTED",
        "401, STATUS_UNAUTHORIZED",
        "403, STATUS_FORBIDDEN",
        "404, NOT_FOUND",
        "407, PROXY_AUTHENTICATION",
        "429, TOO_MANY_REQUESTS",
    })
    void aBareStatusHasAdviceToo(int status, ErrorAdvice advice) {
        assertEquals(Optional.of(advice), ErrorAdvice.of(status, List.of()));
    }

    @Test
    void otherStatusesHaveNone() {
        for (int status : new int[] {200, 400, 408, 500, 502, 503}) {
            assertEquals(Optional.empty(), ErrorAdvice.of(status, List.of()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySettingIsNamedForItsReader(ErrorAdvice advice) {
        assertFalse(advice.text().contains("{") || advice.text().contains("flaremail "), advice.text());
        assertFalse(advice.commandLineText().contains("{"), advice.commandLineText());
    }

    @Test
    void theCommandLineNamesOptionsAndCommands() {
        assertEquals("Check mail.cloudflare.endpoint and mail.cloudflare.account.", ErrorAdvice.NOT_FOUND.text());
        assertEquals("Check --endpoint and the ids.", ErrorAdvice.NOT_FOUND.commandLineText());
        assertEquals(
                "It may already exist. Run: flaremail subdomains list", ErrorAdvice.ALREADY_EXISTS.commandLineText());
    }
}
