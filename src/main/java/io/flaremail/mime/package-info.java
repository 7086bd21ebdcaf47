/**
 * Bytes in, bytes out: what a message looks like inside a JSON request. Knows neither HTTP nor mail sessions.
 */
package io.flaremail.mime;
