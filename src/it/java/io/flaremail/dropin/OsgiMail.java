package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Properties;
import org.osgi.framework.Bundle;

/** Sends by class, with the classes that our bundle sees. */
record OsgiMail(Bundle ours, MailImplementation mail) {
    void send(List<String> properties) throws Exception {
        Properties all = new Properties();
        properties.forEach(each -> all.put(each.split("=", 2)[0], each.split("=", 2)[1]));
        Object session =
                api("Session").getMethod("getInstance", Properties.class).invoke(null, all);
        assertNotRegistered(session);
        Object transport = ours.loadClass(Registration.TRANSPORT)
                .getConstructor(api("Session"), api("URLName"))
                .newInstance(session, null);
        api("Service").getMethod("connect").invoke(transport);
        Object to = Array.newInstance(api("Address"), 1);
        Array.set(to, 0, address("ada@example.org"));
        api("Transport")
                .getMethod("sendMessage", api("Message"), to.getClass())
                .invoke(transport, message(session), to);
        api("Service").getMethod("close").invoke(transport);
    }

    /** Registration files of one bundle are not seen by sessions of another, so the class has to be named in code. */
    private void assertNotRegistered(Object session) throws Exception {
        InvocationTargetException thrown = assertThrows(
                InvocationTargetException.class,
                () -> api("Session").getMethod("getTransport", String.class).invoke(session, "cloudflare"));
        assertEquals(
                api("NoSuchProviderException").getName(),
                thrown.getCause().getClass().getName());
    }

    private Object message(Object session) throws Exception {
        Class<?> type = api("internet.MimeMessage");
        Object message = type.getConstructor(api("Session")).newInstance(session);
        type.getMethod("setFrom", api("Address")).invoke(message, address("billing@example.com"));
        type.getMethod("setText", String.class).invoke(message, "Attached.");
        return message;
    }

    private Object address(String address) throws Exception {
        return api("internet.InternetAddress").getConstructor(String.class).newInstance(address);
    }

    private Class<?> api(String name) throws ClassNotFoundException {
        return ours.loadClass(mail.api() + "." + name);
    }
}
