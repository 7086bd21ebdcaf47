/** Mail clients as applications use them: they are configured, not programmed, to send through this transport. */
package io.flaremail.clients;
