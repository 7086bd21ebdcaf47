/**
 * A Jakarta Mail transport that sends through Cloudflare Email Sending instead of SMTP.
 *
 * <p>Applications need no class of this package; they set session properties, see {@link io.flaremail.CloudflareProperty}.
 * Those who want to know more than SMTP tells use {@link io.flaremail.SendListener} and
 * {@link io.flaremail.CloudflareSendFailedException}.
 *
 * <p>The way of a message, each step a class: {@code CloudflareTransport.sendMessage} takes message and addresses;
 * {@code Envelope} has sender and recipients, checked; {@code WireMessage} is the message as it goes out;
 * {@code EmailSending.sendRaw} posts it and gives an outcome; {@code SendReport} tells it, {@code Conclusion} turns it
 * into one event and perhaps one exception.
 */
package io.flaremail;
