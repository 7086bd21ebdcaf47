/** Text that comes from elsewhere: addresses as the API takes them, and values made safe for one line of a message or log. */
package io.flaremail.text;
