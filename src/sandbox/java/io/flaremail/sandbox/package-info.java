/**
 * A Cloudflare Email Sending API on 127.0.0.1, for tests and for trying things out without an account.
 *
 * <p>Start at {@link io.flaremail.sandbox.Sandbox}: it answers HTTP as the API does, keeps every accepted message in a mailbox that
 * IMAP can read, and remembers what it was sent. {@link io.flaremail.sandbox.Fault} makes it misbehave.
 *
 * <p>Inside: {@code FrontDoor} listens, {@code ExchangeHandler} tells one exchange's story, {@code Router} finds the endpoint (one class
 * for each group of them), {@code Ledger} remembers, {@code Wire} writes the answer or breaks the connection. Nothing here uses the
 * rest of Flaremail, so the two can only agree by agreeing with the API.
 */
package io.flaremail.sandbox;
