/**
 * The face Cloudflare sees: a small client for the Email Sending API, useful without Jakarta Mail.
 *
 * <p>Start at {@link io.flaremail.api.CloudflareEmail}; the result of a send is a
 * {@link io.flaremail.api.SendOutcome}. The package knows nothing of mail sessions or messages.
 */
package io.flaremail.api;
