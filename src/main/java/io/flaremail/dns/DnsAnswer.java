package io.flaremail.dns;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses records in the format of the Java runtime's DNS provider and of zone files. */
final class DnsAnswer {
    /**
     * One string of a TXT record: quoted if it has a space or is empty, RFC 1035 section 5.1. Possessive, because a
     * long string would otherwise overflow the stack.
     */
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\"]+)");

    private DnsAnswer() {}

    static DnsRecord record(String name, String type, String data) {
        if (type.equals("MX")) {
            String[] parts = data.trim().split("\\s+", 2);
            if (parts.length == 2 && parts[0].matches("\\d{1,5}")) {
                return new DnsRecord(type, name, parts[1], Long.valueOf(parts[0]), null);
            }
        }
        return new DnsRecord(type, name, type.equals("TXT") ? joined(data) : data, null, null);
    }

    /** Joins the strings of a TXT record without separators: RFC 7208 section 3.3, RFC 6376 section 3.6.2.2. */
    static String joined(String strings) {
        StringBuilder text = new StringBuilder();
        Matcher each = STRING.matcher(strings);
        while (each.find()) {
            text.append(each.group(1) != null ? each.group(1).replaceAll("(?s)\\\\(.)", "$1") : each.group(2));
        }
        return text.toString();
    }
}
