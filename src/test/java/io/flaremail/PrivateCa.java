package io.flaremail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority that no runtime trusts, made by the JDK's keytool. That takes seconds, so each test class gets the
 * same one again in the same process, and none gets another's.
 */
public final class PrivateCa {
    private static final String PASSWORD = "changeit";
    private static final String ROOT = "root";

    /** What the store holds after these commands. */
    private static final Map<List<String>, byte[]> MADE = new ConcurrentHashMap<>();

    private final Path store;
    private final List<String> commands = new ArrayList<>();

    public PrivateCa(Path directory) {
        this.store = directory.resolve("keys.p12");
        commands.add(StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass()
                .getName());
        generate(ROOT, "-ext", "bc:c");
    }

    /** A server whose certificate is for these, such as {@code dns:localhost,ip:127.0.0.1}. */
    public SSLContext server(String names) {
        return server(names, "-validity", "2");
    }

    /** A server whose certificate ended yesterday. */
    SSLContext expired(String names) {
        return server(names, "-startdate", "-3d", "-validity", "2");
    }

    /** A client that trusts this authority and no other. */
    SSLContext client() {
        try {
            KeyStore roots = empty();
            roots.setCertificateEntry(ROOT, keys().getCertificate(ROOT));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What {@code -D} has to say for another process to trust this authority. */
    public Map<String, String> trusted() {
        return Map.of("javax.net.ssl.trustStore", store.toString(), "javax.net.ssl.trustStorePassword", PASSWORD);
    }

    private SSLContext server(String names, String... validity) {
        List<String> options = new ArrayList<>(List.of("-signer", ROOT, "-ext", "san=" + names));
        Collections.addAll(options, validity);
        String alias = "server-" + commands.size();
        generate(alias, options.toArray(String[]::new));
        try {
            KeyStore one = empty(); // a server that had them all would choose for itself
            char[] password = PASSWORD.toCharArray();
            one.setKeyEntry(alias, keys().getKey(alias, password), password, keys().getCertificateChain(alias));
            KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            key.init(one, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void generate(String alias, String... options) {
        commands.add(alias + " " + String.join(" ", options));
        byte[] made = MADE.computeIfAbsent(List.copyOf(commands), all -> keytool(alias, options));
        try {
            Files.write(store, made);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] keytool(String alias, String... options) {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", alias));
        Collections.addAll(command, "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
        Collections.addAll(command, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + alias);
        Collections.addAll(command, options);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
            return Files.readAllBytes(store);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }
}
