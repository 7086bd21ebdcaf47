/**
 * The options: every {@code mail.cloudflare.*} property with its parser and default, and how values and credentials are
 * found. {@link io.flaremail.config.CloudflareProperty} is the list, {@link io.flaremail.config.TransportSettings} the parsed
 * result. The transport and the command line both read options here; Jakarta Mail is not needed.
 */
package io.flaremail.config;
