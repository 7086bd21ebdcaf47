package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A record of the simulated DNS.
 *
 * @param name the full name in lower case, without a dot at the end
 * @param priority of an MX, null for every other type
 * @param ttl seconds; 1 means automatic
 */
public record DnsRecord(String type, String name, String content, Integer priority, int ttl) {
    private static final int AUTOMATIC = 1;

    public DnsRecord {
        name = name.toLowerCase(Locale.ROOT);
    }

    public static DnsRecord mx(String name, int priority, String host) {
        return new DnsRecord("MX", name, host, priority, AUTOMATIC);
    }

    public static DnsRecord txt(String name, String content) {
        return new DnsRecord("TXT", name, content, null, AUTOMATIC);
    }

    public static DnsRecord ns(String name, String host) {
        return new DnsRecord("NS", name, host, null, AUTOMATIC);
    }

    public static DnsRecord cname(String name, String target) {
        return new DnsRecord("CNAME", name, target, null, AUTOMATIC);
    }

    boolean is(String type, String name) {
        return this.type.equals(type) && this.name.equalsIgnoreCase(name);
    }

    /** As the API shows it. */
    ObjectNode json() {
        ObjectNode json = Answer.object().put("type", type).put("name", name).put("content", content);
        if (priority != null) {
            json.put("priority", priority);
        }
        return json.put("ttl", ttl);
    }
}
