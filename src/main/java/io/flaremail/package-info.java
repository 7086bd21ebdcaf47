/**
 * A Jakarta Mail transport that sends through Cloudflare Email Sending instead of SMTP.
 */
package io.flaremail;
