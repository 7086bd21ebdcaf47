package io.flaremail.benchmark;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The process that all clients send to. Says its ports, one {@code name port} a line, and ends with its input. */
final class Servers {
    static final int IDLE_MILLIS = 300;

    private Servers() {}

    public static void main(String[] args) throws Exception {
        SSLContext tls = context(args[0]);
        int http = HttpServer.start(tls, 600_000);
        int smtp = SmtpServer.start(tls);
        say("http", http);
        say("smtp", smtp);
        say("idle", HttpServer.start(tls, IDLE_MILLIS));
        say("http80", DelayProxy.before(http, 80));
        say("smtp80", DelayProxy.before(smtp, 80));
        say("http20", DelayProxy.before(http, 20));
        say("smtp20", DelayProxy.before(smtp, 20));
        while (System.in.read() >= 0) {
            // whoever started this has nothing to say; it ends when that one does
        }
        System.exit(0);
    }

    private static void say(String name, int port) {
        System.out.println(name + " " + port);
    }

    private static SSLContext context(String keyStore) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(keyStore)) {
            keys.load(in, Child.PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, Child.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
