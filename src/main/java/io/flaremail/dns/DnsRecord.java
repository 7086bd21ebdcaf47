package io.flaremail.dns;

import java.util.Objects;
import java.util.Optional;

/** A DNS record, either expected by the API or published. Immutable. */
public final class DnsRecord {
    private final String type;
    private final String name;
    private final String content;
    private final Long priority;
    private final Long ttl;

    /**
     * Creates a record, such as the result of a {@link DnsLookup}.
     *
     * @param type such as MX or TXT
     * @param name the full name, without a trailing dot
     * @param priority of an MX record, else null
     * @param ttl in seconds, or null
     */
    public DnsRecord(String type, String name, String content, Long priority, Long ttl) {
        this.type = Objects.requireNonNull(type, "type");
        this.name = Objects.requireNonNull(name, "name");
        this.content = Objects.requireNonNull(content, "content");
        this.priority = priority;
        this.ttl = ttl;
    }

    /** Such as MX or TXT; never null. */
    public String getType() {
        return type;
    }

    /** The full name; never null. */
    public String getName() {
        return name;
    }

    /** The record's value, for an MX record without its priority; never null. */
    public String getContent() {
        return content;
    }

    /** The content of a TXT record as one text, without the quotes and breaks of a zone file; never null. */
    public String getText() {
        String trimmed = content.trim();
        return trimmed.startsWith("\"") ? DnsAnswer.joined(trimmed) : trimmed;
    }

    /** The priority of an MX record. */
    public Optional<Long> getPriority() {
        return Optional.ofNullable(priority);
    }

    /** The time to live, in seconds. */
    public Optional<Long> getTtl() {
        return Optional.ofNullable(ttl);
    }

    @Override
    public String toString() {
        return name + " " + type + " " + (priority == null ? "" : priority + " ") + content;
    }
}
