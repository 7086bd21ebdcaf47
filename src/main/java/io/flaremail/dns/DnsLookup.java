package io.flaremail.dns;

import java.io.IOException;
import java.util.List;

/** Asks the DNS. Public so that {@link DnsCheck} can be given answers from elsewhere. */
public interface DnsLookup {
    /**
     * The answers to one question.
     *
     * @param name a domain name
     * @param type such as MX or TXT
     * @return never null; empty when there is no such record. The strings of a TXT record are joined, an MX record has its
     *     priority
     * @throws IOException when no server told; a {@link java.net.SocketTimeoutException} when none said anything at all
     */
    List<DnsRecord> lookup(String name, String type) throws IOException;
}
