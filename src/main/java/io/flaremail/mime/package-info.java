/**
 * Bytes in, bytes out: converts messages for the API's JSON requests. This package knows neither HTTP nor mail
 * sessions.
 *
 * <p>{@link io.flaremail.mime.JsonMimeStream} encodes a message as JSON text in one pass and checks whether it is
 * valid UTF-8. If it is not, {@link io.flaremail.mime.Utf8Rewriter} walks the entities of the message, notes one edit
 * for each header field or leaf body that is not UTF-8, and applies the edits. All other octets stay the same.
 */
package io.flaremail.mime;
