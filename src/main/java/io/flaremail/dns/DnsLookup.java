package io.flaremail.dns;

import java.io.IOException;
import java.util.List;

/** Queries the DNS. Public so that {@link DnsCheck} can use another source. */
public interface DnsLookup {
    /**
     * Looks up the records of a name and type.
     *
     * @param name a domain name
     * @param type such as MX or TXT
     * @return never null; empty if there are none. The strings of a TXT record are joined, an MX record has its
     *     priority
     * @throws IOException if the lookup fails; a {@link java.net.SocketTimeoutException} if no server answered
     */
    List<DnsRecord> lookup(String name, String type) throws IOException;
}
