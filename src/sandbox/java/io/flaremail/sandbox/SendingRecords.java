package io.flaremail.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The records that one sending domain needs, as they were seen live, and how they get into the DNS. */
record SendingRecords(String domain) {
    static final String SELECTOR = "cf-bounce";
    static final String INCLUDE = "include:_spf.mx.cloudflare.net";

    /** A real RSA key, so that it can be parsed; nobody has the other half. */
    private static final String KEY =
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxtXgHkFixeLESWY6F+wcdKFcrZp05VbOwn/Bgk5qmNrq"
                    + "JihMDDii45aB+Yu8dCsNVgMlAzP0Zxzef7E1vlkiEltmqQvL4lrqxybZVJmOQHcI/m9FbEQWyWqPpeN2WHyP26DD"
                    + "Ihx8CtiCxerf1t13EDNzgekJLKFJmOGn3y9XTrjnuqI4mhEI9xzblhgro72vlee0cpxbqK3GDwhf8hjQFAVxKdG6"
                    + "OBvuHqU+/+mAvrr40de8W28Yivy5SCJoC2IkmuSXGOnSvc7jy6PUmzhnQNUlld/6SvLTmvCtc4UWakgsQ7QVd1Pf"
                    + "p3VP7Rzagn7hzDCJh0KfYcXFLQpVh9b5qwIDAQAB";

    /** A wildcard shares the records of the domain beneath which it stands. */
    static SendingRecords of(String name) {
        return new SendingRecords(name.startsWith("*.") ? name.substring(2) : name);
    }

    String returnPath() {
        return "cf-bounce." + domain;
    }

    String dkimName() {
        return SELECTOR + "._domainkey." + domain;
    }

    String dmarcName() {
        return "_dmarc." + domain;
    }

    List<DnsRecord> mx() {
        List<DnsRecord> routes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            routes.add(DnsRecord.mx(returnPath(), 10 * i, "route" + i + ".mx.cloudflare.net"));
        }
        return routes;
    }

    DnsRecord spf() {
        return DnsRecord.txt(returnPath(), "v=spf1 " + INCLUDE + " ~all");
    }

    DnsRecord dkim() {
        return DnsRecord.txt(dkimName(), "v=DKIM1; h=sha256; k=rsa; p=" + KEY);
    }

    DnsRecord dmarc() {
        return DnsRecord.txt(dmarcName(), "v=DMARC1; p=reject;");
    }

    List<DnsRecord> all() {
        List<DnsRecord> all = new ArrayList<>(mx());
        all.addAll(List.of(spf(), dkim(), dmarc()));
        return all;
    }

    /** Writes what is missing, over anything at the names that belong to Email Sending. A DMARC policy that is there stays. */
    void writeTo(DnsZone dns) {
        DnsCheck.of(this, dns).requireWritable();
        dns.remove("TXT", returnPath()).remove("TXT", dkimName()).remove("CNAME", dkimName());
        mx().forEach(dns::add);
        dns.add(spf(), dkim());
        if (DnsCheck.dmarc(dns.records("TXT", dmarcName())).isEmpty()) {
            dns.add(dmarc());
        }
    }

    /** Takes them away, all but {@code _dmarc}: the service has been seen to leave that behind. */
    void removeFrom(DnsZone dns) {
        dns.removeAll(mx());
        dns.removeAll(List.of(spf(), dkim()));
    }
}
