package io.flaremail.dns;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Collectors;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** Uses the DNS provider of the Java runtime. */
final class JndiDnsLookup implements DnsLookup {
    /** Also prevents JNDI from treating a name as a URL. */
    private static final String NAME = "[A-Za-z0-9_*-]+(\\.[A-Za-z0-9_-]+)*\\.?";

    /** RFC 1035 section 2.3.4. Matching takes a stack frame for each label. */
    private static final int LONGEST_NAME = 255;

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private static final String TYPE = "[A-Z0-9]+";

    private final List<String> servers;
    private final Duration timeout;

    /**
     * @param servers such as {@code 192.0.2.1} or {@code 127.0.0.1:5353}, in the order to try; empty for the system's
     * @param timeout for the first of two tries of each; the second takes twice as long
     */
    JndiDnsLookup(List<String> servers, Duration timeout) {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout: expected 1 ms to 10 min, got " + timeout);
        }
        this.servers = new ArrayList<>(servers);
        this.timeout = timeout;
    }

    @Override
    public List<DnsRecord> lookup(String name, String type) throws IOException {
        if (name.length() > LONGEST_NAME || !name.matches(NAME) || !type.matches(TYPE)) {
            throw new IOException("not a valid DNS name");
        }
        try {
            return ask(name, type);
        } catch (NameNotFoundException e) {
            return new ArrayList<>();
        } catch (NamingException e) {
            throw e instanceof CommunicationException
                    ? (IOException) new SocketTimeoutException("no DNS server answered").initCause(e)
                    : new IOException(reason(e), e);
        }
    }

    private List<DnsRecord> ask(String name, String type) throws NamingException {
        DirContext context = new InitialDirContext(environment());
        try {
            List<DnsRecord> records = new ArrayList<>();
            // The dot disables the system's search list.
            String whole = name.endsWith(".") ? name : name + ".";
            Attribute answers =
                    context.getAttributes(whole, new String[] {type}).get(type);
            if (answers != null) {
                NamingEnumeration<?> all = answers.getAll();
                while (all.hasMore()) {
                    records.add(DnsAnswer.record(name, type, String.valueOf(all.next())));
                }
            }
            return records;
        } finally {
            context.close();
        }
    }

    private Hashtable<String, String> environment() {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                Context.PROVIDER_URL,
                servers.isEmpty()
                        ? "dns:"
                        : servers.stream().map(server -> "dns://" + server).collect(Collectors.joining(" ")));
        environment.put("com.sun.jndi.dns.timeout.initial", String.valueOf(timeout.toMillis()));
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        return environment;
    }

    /** The root cause: the provider's own message is little more than "DNS error". */
    private static String reason(NamingException failed) {
        Throwable root = failed.getRootCause();
        if (root == null) {
            return failed.getMessage() != null ? failed.getMessage() : failed.toString();
        }
        return root.getMessage() != null ? root.getMessage() : root.getClass().getSimpleName();
    }
}
