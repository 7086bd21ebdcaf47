/**
 * Replaces, in the drop-in jars, the JDK's package {@code jdk.net}, which HttpClient refers to for options that are not
 * used here. WildFly, OSGi and the module path provide it only on request, and without it no message could be sent.
 */
package io.flaremail.inside.net;
