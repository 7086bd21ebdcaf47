/**
 * Servers in processes of their own: {@code samples/webapp} sends with the session that the server made, and only the
 * server's configuration, a file in {@code samples}, mentions this project. {@code mvn -Pservers} runs them.
 */
package io.flaremail.forked;
