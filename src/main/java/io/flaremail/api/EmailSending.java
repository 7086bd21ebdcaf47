package io.flaremail.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends with one account.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/">Cloudflare API: Email Sending</a>
 */
public final class EmailSending {
    /** How many recipients the API takes in one request. */
    public static final int MAX_RECIPIENTS = 50;

    /** Four lists of as many addresses as one request has take a quarter of this. */
    private static final int LONGEST_ANSWER = 256 * 1024;

    private final CloudflareEmail client;
    private final ApiPath sending;

    EmailSending(CloudflareEmail client, String accountId) {
        this.client = client;
        this.sending = client.path()
                .segment("accounts")
                .argument("accountId", accountId)
                .segment("email")
                .segment("sending");
    }

    /**
     * Sends a message given as its parts. Tried again only where nothing was sent.
     *
     * @return the recipients the API reported individually; all others were accepted
     * @throws CloudflareApiException when it was not accepted, or, see
     *     {@link CloudflareApiException#isAcceptanceUnknown()}, may have been
     * @throws Error only when nothing was sent
     */
    public SendResult send(Email email) throws CloudflareApiException {
        Objects.requireNonNull(email, "email");
        return accepted(post(client.token(), "send", new JsonBody(email.json()), client.deadline()));
    }

    /**
     * Sends a whole message as it is. Tried again only where nothing was sent.
     *
     * @param reversePath the envelope sender: a bare ASCII address
     * @param recipients the envelope's recipients: bare ASCII addresses, 1 to {@value #MAX_RECIPIENTS}
     * @param message RFC 5322 bytes that are UTF-8
     * @return the recipients the API reported individually; all others were accepted
     * @throws CloudflareApiException as {@link #send} does
     * @throws IllegalArgumentException if the message is not UTF-8
     */
    public SendResult sendRaw(String reversePath, List<String> recipients, byte[] message)
            throws CloudflareApiException {
        ObjectNode body = Json.object().put("from", Objects.requireNonNull(reversePath, "reversePath"));
        ArrayNode list = body.putArray("recipients");
        for (String recipient : Objects.requireNonNull(recipients, "recipients")) {
            list.add(Objects.requireNonNull(recipient, "recipients: one is null"));
        }
        body.put("mime_message", utf8(Objects.requireNonNull(message, "message")));
        return accepted(post(client.token(), "send_raw", new JsonBody(body), client.deadline()));
    }

    /** How much the account may send, and has sent. */
    public SendingLimits limits() throws CloudflareApiException {
        return new SendingLimits(new ApiCalls(client).get(sending.segment("limits")));
    }

    /**
     * A message that was sent, as RFC 5322 bytes.
     *
     * @param messageId as {@link SendResult#getMessageId()} gives it
     */
    public byte[] message(String messageId) throws CloudflareApiException {
        return new ApiCalls(client).bytes(sending.segment("messages").argument("messageId", messageId));
    }

    /**
     * Asks for the account's limits and throws the answer away: whether the API can be reached with this token.
     *
     * @param token the API token for this request; not null
     * @param deadline for all of it
     * @throws CloudflareApiException when it cannot
     */
    public void verify(String token, Deadline deadline) throws CloudflareApiException {
        HttpReply reply = client.exchange("GET", sending.segment("limits"), token, null, deadline, LONGEST_ANSWER);
        new ApiAnswer("GET", reply, new Redaction(token), Instant.now()).requireSuccess(any -> true);
    }

    /**
     * Posts a message as it is to {@code send_raw}. Whatever happens on the wire is in the outcome. Tried again only where
     * nothing was sent, within the deadline.
     *
     * @param token the API token for this request; not null
     * @param reversePath the envelope sender: a bare ASCII address
     * @param recipients the envelope's recipients: bare ASCII addresses, 1 to {@value #MAX_RECIPIENTS}
     * @param message the whole message
     * @param deadline for all of it, waiting between tries included
     * @return the outcome; never null
     */
    public SendOutcome sendRaw(
            String token, String reversePath, List<String> recipients, MimeText message, Deadline deadline) {
        return post(token, "send_raw", new SendRawBody(reversePath, recipients, message), deadline);
    }

    private SendOutcome post(String token, String call, RequestBody body, Deadline deadline) {
        AtomicReference<SendOutcome> refused = new AtomicReference<>();
        return client.retries()
                .repeat(
                        attempt -> {
                            SendOutcome outcome = verdict(
                                    client.exchange(
                                            "POST", sending.segment(call), token, body, deadline, LONGEST_ANSWER),
                                    token);
                            return orRefused(outcome, refused).after(attempt);
                        },
                        SendOutcome::isRetryable,
                        SendOutcome::getRetryAfter,
                        deadline);
    }

    /** A message that cannot be written again for a further try: what the API said to an earlier one still holds. */
    private static SendOutcome orRefused(SendOutcome outcome, AtomicReference<SendOutcome> refused) {
        if (outcome.getKind() == SendOutcome.Kind.REFUSED) {
            refused.set(outcome);
        }
        boolean unwritable =
                outcome.getCause().filter(MimeTextException.class::isInstance).isPresent();
        boolean holds = outcome.getKind() == SendOutcome.Kind.UNSENT && unwritable && refused.get() != null;
        return holds ? refused.get() : outcome;
    }

    private static SendResult accepted(SendOutcome outcome) throws CloudflareApiException {
        if (!outcome.getResult().isPresent()) {
            if (outcome.getKind() == SendOutcome.Kind.UNSENT
                    && outcome.getError().isPresent()) {
                throw outcome.getError().get();
            }
            throw failure(outcome);
        }
        return outcome.getResult().get();
    }

    /** Describing an OutOfMemoryError may fail as well. */
    private static CloudflareApiException failure(SendOutcome outcome) {
        try {
            return CloudflareApiException.of(outcome);
        } catch (Error again) {
            return CloudflareApiException.undescribed(outcome, again);
        }
    }

    private static String utf8(byte[] message) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException("the message is not UTF-8, which JSON cannot carry", notUtf8);
        }
    }

    private static SendOutcome unreadable(HttpReply reply, Throwable e) {
        IOException cause;
        try {
            cause = new IOException("unreadable answer: " + e, e);
        } catch (Error again) {
            cause = new IOException("unreadable answer", e);
        }
        return SendOutcome.unknown(reply, Collections.emptyList(), cause);
    }

    /** Whatever goes wrong in reading an answer, the request was sent before. */
    private static SendOutcome verdict(HttpReply reply, String token) {
        try {
            return Verdict.of(reply, new Redaction(token), Instant.now());
        } catch (Throwable e) {
            return unreadable(reply, e);
        }
    }
}
