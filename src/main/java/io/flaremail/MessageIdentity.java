package io.flaremail;

import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** A message as one send had it, and what it takes to find out whether another send has the same. Immutable. */
final class MessageIdentity {
    /** Account, endpoint, reverse-path and redirect: with another one it is another message. */
    final List<String> scope;

    final MimeMessage message;

    /** The Message-ID on the wire; empty when there is none, which identifies no message. */
    final String messageId;

    /** The content's digest. */
    final String digest;

    MessageIdentity(List<String> scope, MimeMessage message, String messageId, String digest) {
        this.scope = scope;
        this.message = message;
        this.messageId = messageId;
        this.digest = digest;
    }
}
