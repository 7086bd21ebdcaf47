/**
 * Bytes in, bytes out: makes a serialised message fit for a channel that carries only valid UTF-8.
 *
 * <p>{@link io.flaremail.mime.Utf8Rewriter} is the entry. It walks the entities of the message, notes one edit per
 * offending header field or leaf body, and splices the edits in; every other octet stays where it was. Knows neither HTTP
 * nor Jakarta Mail.
 */
package io.flaremail.mime;
