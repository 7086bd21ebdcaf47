/** The drop-in jars in servers: a web application sends with the session that the server made, and only that one's configuration mentions this project. */
package io.flaremail.dropin.servers;
