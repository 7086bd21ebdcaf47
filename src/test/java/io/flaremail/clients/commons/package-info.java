/**
 * Runs Apache Commons Email's own, unmodified tests against this transport: they believe that they send through SMTP to
 * their fake server Wiser, the session property {@code mail.smtp.class} sends them here, and the sandbox relays what it
 * accepts to Wiser. Only surefire's execution {@code commons-email} uses this package.
 */
package io.flaremail.clients.commons;
