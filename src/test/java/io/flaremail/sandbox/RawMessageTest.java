package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RawMessageTest {

    static Object[] replacements() {
        return new Object[] {
            Arguments.of("Message-ID: <old@x>\r\nFrom: a\r\n\r\nb", "Message-ID: <new>\r\nFrom: a\r\n\r\nb"),
            Arguments.of(
                    "From: a\r\nMessage-ID:\r\n <old@x>\r\n\t(comment)\r\nTo: b\r\n\r\n",
                    "From: a\r\nMessage-ID: <new>\r\nTo: b\r\n\r\n"),
            Arguments.of("From: a\nmessage-id:<old@x>\n\nb", "From: a\nmessage-id: <new>\n\nb"),
            Arguments.of("From: a\r\nMESSAGE-ID : <old@x>", "From: a\r\nMESSAGE-ID : <new>"),
            Arguments.of(
                    "From: a\r\n\r\nMessage-ID: <body@x>", "Message-ID: <new>\r\nFrom: a\r\n\r\nMessage-ID: <body@x>"),
            Arguments.of(
                    "Message-ID: <1@x>\r\nFrom: a\r\nMessage-ID: <2@x>\r\n z\r\n\r\n",
                    "Message-ID: <new>\r\nFrom: a\r\n\r\n"),
            Arguments.of(
                    "From: a\r\nX-Message-ID: <x>\r\n\r\n",
                    "Message-ID: <new>\r\nFrom: a\r\nX-Message-ID: <x>\r\n\r\n"),
            Arguments.of("From: a\r\nMessage-ID:\r\n\r\n", "From: a\r\nMessage-ID: <new>\r\n\r\n"),
            Arguments.of("", "Message-ID: <new>\r\n"),
        };
    }

    @ParameterizedTest
    @MethodSource("replacements")
    void onlyTheMessageIdIsReplaced(String before, String after) {
        RawMessage replaced = message(before).withMessageId("<new>");
        assertEquals(after, new String(replaced.bytes(), StandardCharsets.UTF_8));
        assertEquals("<new>", replaced.messageId());
    }

    @Test
    void anOwnIdIsKeptWhenThereIsOne() {
        assertEquals(
                "<own@x>",
                message("Message-ID:\r\n <own@x>\r\n\r\n")
                        .withOwnMessageId("<new>")
                        .messageId());
        assertEquals(
                "<new>", message("From: a\r\n\r\n").withOwnMessageId("<new>").messageId());
        assertNull(message("From: a\r\n\r\n").messageId());
    }

    private static RawMessage message(String text) {
        return new RawMessage(text.getBytes(StandardCharsets.UTF_8));
    }
}
