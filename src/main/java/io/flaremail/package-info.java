/**
 * A Jakarta Mail transport that sends through Cloudflare Email Sending instead of SMTP.
 *
 * <p>Applications set session properties and need no class of this package; docs/options.md lists the properties. To receive
 * more than SMTP reports, they use {@link io.flaremail.SendListener} and {@link io.flaremail.CloudflareSendFailedException}.
 *
 * <p>One send, step by step: {@code CloudflareTransport.sendMessage} checks its arguments; {@code MessageSender} tells the
 * whole story: {@code Envelope} (reverse-path and recipients), {@code HeaderRules} and {@code WireMessage} (the message as
 * it goes out), {@code RetryGuard} (who has it already), {@code EmailSending.sendRaw} (the request and its outcome),
 * {@code SendReport}; {@code TransportResult} turns the report into one event and perhaps one exception.
 *
 * <p>Where things go: an option is a constant in {@code config.CloudflareProperty} and a field in
 * {@code config.TransportSettings}; an API error is a row in {@code api.ErrorAdvice}, and its meaning in {@code api.Verdict};
 * a rule for header fields belongs in {@code HeaderRules}.
 */
package io.flaremail;
