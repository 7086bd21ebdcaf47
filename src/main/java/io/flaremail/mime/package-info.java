/**
 * Bytes in, bytes out: what a message looks like inside a JSON request. Knows neither HTTP nor mail sessions.
 *
 * <p>{@link io.flaremail.mime.JsonMimeStream} turns a message into JSON text in one pass and reports whether the message is valid UTF-8.
 * Where it cannot, {@link io.flaremail.mime.Utf8Rewriter} walks the entities of the message, notes one edit per offending
 * header field or leaf body, and splices the edits in; every other octet stays where it was.
 */
package io.flaremail.mime;
