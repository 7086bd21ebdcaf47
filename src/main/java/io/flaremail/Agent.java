package io.flaremail;

import java.io.PrintStream;

/**
 * The Java agent of the drop-in jars, for applications whose class path cannot be changed:
 * {@code java -javaagent:flaremail-VERSION-all.jar ...}. The JVM adds the jar to the system class path; this class sets
 * {@code mail.smtp.class} and {@code mail.smtps.class}, unless something set them. Applications whose mail sessions default
 * to the system properties then send through Cloudflare.
 *
 * <p>Never stops the application: what the agent cannot do, it reports on standard error.
 *
 * <p>Tests: AgentIT.
 */
public final class Agent {
    private static final String TRANSPORT = "io.flaremail.CloudflareTransport";

    /** A class of it; the javax jar has another name here. */
    private static final String MAIL_API = "jakarta.mail.Transport";

    private Agent() {}

    /**
     * Called by the JVM before the application starts.
     *
     * @param arguments ignored
     */
    public static void premain(String arguments) {
        try {
            start(System.err);
        } catch (RuntimeException e) { // such as a security manager's
            System.err.println("flaremail agent: could not start, the application sends as before: " + e);
        }
    }

    private static void start(PrintStream err) {
        String ours = MAIL_API.substring(0, MAIL_API.indexOf('.'));
        if (!isPresent(ours)) {
            String other = ours.equals("jakarta") ? "javax" : "jakarta";
            err.println("flaremail agent: the class path of this JVM has no " + ours + ".mail, so nothing was changed. "
                    + (isPresent(other)
                            ? "It has " + other + ".mail: use flaremail-VERSION-"
                                    + (other.equals("javax") ? "javax" : "all") + ".jar as the agent instead."
                            : "If the application has it in a class loader of its own, such as that of a WAR or of a"
                                    + " Spring Boot jar, an agent cannot reach it: put the jar beside the mail API."));
            return;
        }
        for (String protocol : new String[] {"smtp", "smtps"}) {
            String key = "mail." + protocol + ".class";
            String set = System.getProperty(key);
            if (set == null) {
                System.setProperty(key, TRANSPORT);
            } else if (!set.equals(TRANSPORT)) {
                err.println("flaremail agent: " + key + " is " + set + " and was not changed");
            }
        }
    }

    /** Names are put together, since building the javax jar renames those in constants. */
    private static boolean isPresent(String namespace) {
        return ClassLoader.getSystemResource(namespace + "/mail/Transport.class") != null;
    }
}
