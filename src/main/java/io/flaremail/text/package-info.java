/** External text: addresses in the form that the API accepts, and values made safe for one line of a message or log. */
package io.flaremail.text;
