/**
 * Checks whether a sending domain's DNS records are published, as receiving servers see them. Start with
 * {@link io.flaremail.dns.DnsCheck}. Depends on no other package of Flaremail, and is the only one that uses JNDI.
 */
package io.flaremail.dns;
