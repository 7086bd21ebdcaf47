/**
 * Stands in the drop-in jars for the JDK's package {@code jdk.net}, which HttpClient refers to for options that are not used
 * here: WildFly, OSGi and the module path have it only where somebody asks for it, and without it nothing would be sent.
 */
package io.flaremail.inside.net;
