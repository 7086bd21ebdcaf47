package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.mail.Session;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose event queues are one: as {@code mail.event.scope} says it to Jakarta Mail. */
class EventOrderTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // scope, by one session, by two sessions, by two applications
                "-,           false, false, false",
                "folder,      false, false, false",
                "store,       false, false, false",
                "session,     true,  false, true",
                "SESSION,     true,  false, true",
                "application, true,  true,  false",
                "Application, true,  true,  false",
            })
    void isShared(String scope, boolean bySession, boolean bySessions, boolean byApplications) {
        Session session = session(scope);
        EventOrder order = EventOrder.of(session);
        assertEquals(bySession, order == EventOrder.of(session), "transports of one session");
        assertEquals(bySessions, order == EventOrder.of(session(scope)), "transports of two sessions");
        assertEquals(byApplications, order == inAnotherApplication(session), "transports of two applications");
    }

    private static EventOrder inAnotherApplication(Session session) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {});
        try {
            return EventOrder.of(session);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Session session(String scope) {
        Properties properties = new Properties();
        if (scope != null) {
            properties.put("mail.event.scope", scope);
        }
        return Session.getInstance(properties);
    }
}
