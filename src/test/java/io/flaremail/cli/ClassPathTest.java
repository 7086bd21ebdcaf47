package io.flaremail.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says on class paths that hide the transport's registration, or have no Jakarta Mail at all. */
class ClassPathTest {
    private static final String SERVICES = "META-INF/services/jakarta.mail.Provider";
    private static final String JAKARTA = "META-INF/jakarta.providers";
    private static final String JAVAMAIL = "META-INF/javamail.providers";

    @TempDir
    Path folder;

    /** In front of the class path, if not null. */
    private URL extra;

    private final Sandbox sandbox = Sandbox.builder()
            .account(Golden.ACCOUNT)
            .token(Golden.TOKEN)
            .zone(Golden.ZONE)
            .start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private String run(Predicate<String> hidden, String... args) throws Exception {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--endpoint";
        all[args.length + 1] = sandbox.endpoint().toString();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (World world = new World(hidden, extra)) {
            Thread.currentThread().setContextClassLoader(world);
            Object isolated = world.loadClass("io.flaremail.cli.Isolated")
                    .getConstructor()
                    .newInstance();
            assertTrue(isolated.getClass().getClassLoader() == world);
            @SuppressWarnings("unchecked")
            Function<String[], String> run = (Function<String[], String>) isolated;
            return run.apply(all);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void assertHas(String text, String output) {
        assertTrue(output.replaceAll("\\s+", " ").contains(text), output);
    }

    @Test
    void registrationThatIsHiddenIsFound() throws Exception {
        String output = run(List.of(SERVICES, JAKARTA, JAVAMAIL)::contains, "doctor");
        assertHas("mail sessions do not find the transport: No provider for cloudflare", output);
        assertHas("session.addProvider(new io.flaremail.CloudflareProvider())", output);
        assertHas("exit code 1", output);
    }

    @Test
    void theFileThatWonIsNamed() throws Exception {
        assertHas("through META-INF/services/jakarta.mail.Provider: ok", run(file -> false, "doctor"));
        assertHas("through META-INF/jakarta.providers: ok", run(SERVICES::equals, "doctor"));
    }

    @Test
    void administrationNeedsNoJakartaMail() throws Exception {
        Predicate<String> mail = name -> name.startsWith("jakarta.mail.") || name.startsWith("META-INF/");
        String properties = Files.writeString(folder.resolve("p"), "mail.cloudflare.acount=x\n")
                .toString();
        assertHas("example.com enabled", run(mail, "subdomains", "list", "--zone", "example.com"));
        String doctor = run(mail, "doctor", "--properties", properties);
        assertHas("skipped: run it with the application's class path", doctor);
        assertHas("did you mean mail.cloudflare.account?", doctor);
        String sent =
                run(mail, "send", "--from", "a@example.com", "--to", "b@example.org", "--text", "x", "--subject", "y");
        assertHas("accepted as", sent);
        String file = Files.writeString(folder.resolve("a.eml"), "From: a@example.com\r\nSubject: y\r\n\r\nx\r\n")
                .toString();
        assertHas("accepted as", run(mail, "send", file, "--to", "b@example.org"));
    }

    /** An application of Tomcat 9, and the jar for Tomcat 10. */
    @Test
    void theJarForTheOtherMailApiIsNamed() throws Exception {
        extra = folder.toUri().toURL();
        Path session = folder.resolve("javax/mail/Session.class");
        Files.createDirectories(session.getParent());
        Files.createFile(session);
        Predicate<String> jakarta = name -> name.startsWith("jakarta.mail.") || name.startsWith("jakarta/mail/");
        String doctor = run(jakarta, "doctor");
        assertHas("is for jakarta.mail, but the class path has javax.mail -> use flaremail-VERSION-javax.jar", doctor);
        assertHas("Provider skipped: use the right jar first", doctor);
        assertHas("exit code 1", doctor);
        assertFalse(run(name -> false, "doctor").contains("is for jakarta.mail"), "both are there");
    }

    @Test
    void anApiWithoutImplementationIsFound() throws Exception {
        String output = run(name -> name.startsWith("org.eclipse.angus.") || name.contains("StreamProvider"), "doctor");
        assertHas("Jakarta Mail cannot create a session", output);
        assertFalse(output.contains("unexpected"), output);
    }

    /** Loads everything anew, but for what is hidden; of registration files, ours only. */
    private static final class World extends URLClassLoader {
        private final Predicate<String> hidden;

        World(Predicate<String> hidden, URL extra) {
            super(classPath(), ClassLoader.getPlatformClassLoader());
            this.hidden = hidden;
            if (extra != null) {
                addURL(extra);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (hidden.test(name)) {
                throw new ClassNotFoundException(name + " is hidden");
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public Enumeration<URL> findResources(String name) throws IOException {
            List<URL> found = Collections.list(super.findResources(name));
            return Collections.enumeration(
                    hidden.test(name)
                            ? found.stream()
                                    .filter(url -> !name.endsWith(".class") && !isOurs(url))
                                    .toList()
                            : found);
        }

        @Override
        public URL findResource(String name) {
            try {
                Enumeration<URL> all = findResources(name);
                return all.hasMoreElements() ? all.nextElement() : null;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private static boolean isOurs(URL file) {
            try (var in = file.openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("io.flaremail");
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(World::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String path) {
            try {
                return new File(path).toURI().toURL();
            } catch (MalformedURLException impossible) {
                throw new IllegalArgumentException(path, impossible);
            }
        }
    }
}
