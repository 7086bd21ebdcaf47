/**
 * A Jakarta Mail transport that sends through Cloudflare Email Sending instead of SMTP.
 *
 * <p>Applications set session properties and need no class of this package; docs/options.md lists the properties. To learn
 * more about an outcome than SMTP tells, they use {@link io.flaremail.SendListener} and
 * {@link io.flaremail.CloudflareSendFailedException}.
 *
 * <p>{@code CloudflareTransport.sendMessage} checks its arguments, and {@code MessageSender.send} runs these steps;
 * {@code SendProgress} holds the state of the send:
 *
 * <ol>
 *   <li>{@code Envelope}: reverse-path and recipients;
 *   <li>{@code HeaderRules} and {@code WireMessage}: the message is serialised once;
 *   <li>{@code GuardedSend} asks the {@code RetryGuard} which recipients already have the message;
 *   <li>{@code api.EmailSending.sendRaw} posts it, and {@code api.Verdict} decides what each response means;
 *   <li>{@code SendReport} has the outcome of each recipient;
 *   <li>{@code TransportResult} turns the report into one event and at most one exception.
 * </ol>
 *
 * <p>Where to add code; CONTRIBUTING.md has the steps:
 *
 * <ul>
 *   <li>An option is a constant in {@code config.CloudflareProperty}, with a parser of {@code config.OptionParsers}, and a
 *       field in {@code config.TransportSettings}. The command line reads it there, too, and has its own way to send:
 *       {@code cli.Outgoing}.
 *   <li>What a user should do about an API error is a row in {@code api.ErrorAdvice}. Whether anything was sent, and whether
 *       a retry helps, is decided in {@code api.Verdict}; an error with a status below 500 usually needs no change there.
 *   <li>A header field that must never be sent is in {@code mime.RawMessage.NEVER_SENT}, which the command line reads, too.
 *       Any other rule for header fields belongs in {@code HeaderRules}.
 * </ul>
 */
package io.flaremail;
