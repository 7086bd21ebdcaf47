/**
 * A small client for the Email Sending API, usable without Jakarta Mail.
 *
 * <p>Start at {@link io.flaremail.api.CloudflareEmail}; the result of a send is a {@link io.flaremail.api.SendOutcome}.
 * The package does not depend on mail sessions or messages.
 */
package io.flaremail.api;
