package io.flaremail.api;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.flaremail.http.Deadline;
import io.flaremail.http.RequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Sends mail with one account. Thread-safe.
 *
 * <p>Tests: CallTableTest, RetryTableTest.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/">Cloudflare API: Email Sending</a>
 */
public final class EmailSending {
    /** The maximum number of recipients in one request. */
    public static final int MAX_RECIPIENTS = 50;

    private final ApiClient api;
    private final ApiPath sending;

    EmailSending(ApiClient api, String accountId) {
        this.api = api;
        this.sending = api.path()
                .segment("accounts")
                .argument("accountId", accountId)
                .segment("email")
                .segment("sending");
    }

    /**
     * Sends a message given as parts. Retries only if it was not sent.
     *
     * @return the recipients the API reported individually; all others were accepted
     * @throws CloudflareApiException if the message was not accepted, or its
     *     {@linkplain CloudflareApiException#isAcceptanceUnknown() acceptance is unknown}
     * @throws Error only if the message was not sent
     */
    public SendResult send(Email email) throws CloudflareApiException {
        Objects.requireNonNull(email, "email");
        return accepted(api.send(sending.segment("send"), api.token(), new JsonBody(email.json()), api.deadline()));
    }

    /**
     * Sends a complete message as it is. Retries only if it was not sent.
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
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("from", Objects.requireNonNull(reversePath, "reversePath"));
        body.put("recipients", Objects.requireNonNull(recipients, "recipients"));
        recipients.forEach(each -> Objects.requireNonNull(each, "recipients: one is null"));
        body.put("mime_message", utf8(Objects.requireNonNull(message, "message")));
        return accepted(api.send(sending.segment("send_raw"), api.token(), new JsonBody(body), api.deadline()));
    }

    /** The account's sending quota and usage. */
    public SendingLimits limits() throws CloudflareApiException {
        return new SendingLimits(api.get(sending.segment("limits")));
    }

    /**
     * Gets a sent message as RFC 5322 bytes.
     *
     * @param messageId from {@link SendResult#getMessageId()}
     */
    public byte[] message(String messageId) throws CloudflareApiException {
        return api.bytes(sending.segment("messages").argument("messageId", messageId));
    }

    /**
     * Requests and discards the account's limits, to check that the API can be reached with this token.
     *
     * @param token the API token for this request; not null
     * @param deadline for the whole request
     * @throws CloudflareApiException if the API cannot be reached or refuses the token
     */
    public void verify(String token, Deadline deadline) throws CloudflareApiException {
        api.probe(sending.segment("limits"), token, deadline);
    }

    /**
     * Posts a message as it is to {@code send_raw}. Network failures become part of the outcome. Retries within the
     * deadline, only if the message was not sent.
     *
     * @param token the API token for this request; not null
     * @param reversePath the envelope sender: a bare ASCII address
     * @param recipients the envelope's recipients: bare ASCII addresses, 1 to {@value #MAX_RECIPIENTS}
     * @param message the complete message
     * @param deadline for all attempts and the waits between them
     * @return the outcome; never null
     */
    public SendOutcome sendRaw(
            String token, String reversePath, List<String> recipients, MimeText message, Deadline deadline) {
        return api.send(
                sending.segment("send_raw"), token, new SendRawBody(reversePath, recipients, message), deadline);
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
        } catch (Error e) {
            return CloudflareApiException.undescribed(outcome, e);
        }
    }

    private static String utf8(byte[] message) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the message is not UTF-8, which JSON cannot carry", e);
        }
    }

    /** The body of {@code send_raw}: exactly {@code from}, {@code recipients} and {@code mime_message}. */
    private static final class SendRawBody implements RequestBody {
        private static final byte[] TAIL = {'"', '}'};

        private final byte[] head;
        private final MimeText message;

        SendRawBody(String reversePath, List<String> recipients, MimeText message) {
            this.head = head(reversePath, recipients).getBytes(StandardCharsets.UTF_8);
            this.message = message;
        }

        @Override
        public long length() {
            return head.length + message.length() + TAIL.length;
        }

        @Override
        public void writeTo(OutputStream out, Runnable beforeTheEnd) throws IOException {
            out.write(head);
            message.writeTo(out);
            beforeTheEnd.run();
            out.write(TAIL);
        }

        private static String head(String reversePath, List<String> recipients) {
            StringBuilder json = new StringBuilder("{\"from\":");
            quote(reversePath, json).append(",\"recipients\":[");
            String separator = "";
            for (String recipient : recipients) {
                quote(recipient, json.append(separator));
                separator = ",";
            }
            return json.append("],\"mime_message\":\"").toString();
        }

        private static StringBuilder quote(String text, StringBuilder json) {
            return json.append('"')
                    .append(JsonStringEncoder.getInstance().quoteAsString(text))
                    .append('"');
        }
    }
}
