package io.flaremail.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long an idle connection may be used again. */
class KeepAliveTest {
    @ParameterizedTest(name = "Keep-Alive: {0}: {1}, {2} ms")
    @CsvSource({
        "'',                   true,  60000",
        "timeout=5,            true,   4000",
        "timeout=1,            true,    500",
        "'timeout=5, max=100', true,   4000",
        "'TIMEOUT=5; x=1',     true,   4000",
        "timeout=300,          true,  60000",
        "timeout=0,            false,     0",
        "'timeout=5, max=0',   false,  4000",
        "max=0,                false, 60000",
        "max=1,                true,  60000",
        "timeout=,             true,  60000",
        "timeout=-1,           true,  60000",
        "timeout=abc,          true,  60000",
        "timeout=99999999999,  true,  60000",
        "'timeout=9,timeout=3', true,  2000",
    })
    void keepAliveIsReadLessAMargin(String value, boolean reused, long millis) {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);
        if (!value.isEmpty()) {
            response.addHeader("Keep-Alive", value);
        }
        assertEquals(reused, KeepAlive.of(response).allowsReuse());
        assertEquals(
                millis, KeepAlive.of(response).atMost(TimeValue.ofMinutes(1)).toMilliseconds());
    }
}
