/**
 * A Jakarta Mail transport that sends through Cloudflare Email Sending instead of SMTP.
 *
 * <p>Applications set session properties and need no class of this package; docs/options.md lists the properties. To
 * receive more than SMTP reports, they use {@link io.flaremail.SendListener} and
 * {@link io.flaremail.CloudflareSendFailedException}.
 *
 * <p>One send, step by step: {@code CloudflareTransport.sendMessage} checks its arguments; {@code MessageSender} has
 * all steps: {@code Envelope} (reverse-path and recipients), {@code HeaderRules} and {@code WireMessage} (the
 * serialised message), {@code RetryGuard} (recipients who already have it), {@code EmailSending.sendRaw} (the request
 * and its outcome), {@code SendReport}; {@code TransportResult} turns the report into one event and at most one
 * exception.
 *
 * <p>Where to add code: an option is a constant in {@code config.CloudflareProperty} and a field in
 * {@code config.TransportSettings}; an API error is a row in {@code api.ErrorAdvice}, and its meaning in
 * {@code api.Verdict}; a rule for header fields belongs in {@code HeaderRules}.
 */
package io.flaremail;
