/**
 * Turns delivery events into the mail that SMTP servers send: bounces (RFC 3464) and feedback reports (RFC 5965), in a
 * Maildir or an IMAP folder, for applications that read their bounces there.
 *
 * <p>Start at {@link io.flaremail.bounces.BounceWriter}. Only {@link io.flaremail.bounces.ImapFolder} needs Jakarta Mail.
 */
package io.flaremail.bounces;
