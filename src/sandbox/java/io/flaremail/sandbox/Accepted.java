package io.flaremail.sandbox;

import java.util.List;

/**
 * A message that the sandbox accepted.
 *
 * @param messageId as answered, angle brackets included
 * @param from the envelope sender
 * @param recipients the envelope recipients as they were sent, those that bounced or were suppressed among them
 * @param mime the UTF-8 bytes of the message as received: before its Message-ID was replaced
 */
public record Accepted(String messageId, String from, List<String> recipients, byte[] mime) {}
