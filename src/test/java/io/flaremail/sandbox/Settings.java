package io.flaremail.sandbox;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * What the builder decided.
 *
 * @param echo how an answer spells an address
 * @param keepBodies whether the bytes of requests and messages are remembered
 * @param tls null for plain HTTP
 */
record Settings(
        String account,
        String zone,
        String token,
        List<String> domains,
        int port,
        int imapPort,
        boolean listDelivered,
        boolean keepMessageId,
        boolean anySender,
        boolean acceptTraceFields,
        Consumer<Accepted> onAccepted,
        boolean acceptAnyHeader,
        boolean keepBodies,
        UnaryOperator<String> echo,
        SSLContext tls) {}
