/**
 * The jars as they are shipped, dropped onto class paths that know nothing of this project: other mail implementations,
 * other class loaders, servers.
 */
package io.flaremail.dropin;
