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
 * Sends with one account.
 *
 * <p>Tests: CallTableTest, RetryTableTest.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/">Cloudflare API: Email Sending</a>
 */
public final class EmailSending {
    /** How many recipients the API takes in one request. */
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
     * Sends a message given as its parts. Tried again only where nothing was sent.
     *
     * @return the recipients the API reported individually; all others were accepted
     * @throws CloudflareApiException when it was not accepted, or, see
     *     {@link CloudflareApiException#isAcceptanceUnknown()}, may have been
     * @throws Error only when nothing was sent
     */
    public SendResult send(Email email) throws CloudflareApiException {
        Objects.requireNonNull(email, "email");
        return accepted(
                api.send(sending.segment("send"), api.token(), new ApiClient.JsonBody(email.json()), api.deadline()));
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
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("from", Objects.requireNonNull(reversePath, "reversePath"));
        body.put("recipients", Objects.requireNonNull(recipients, "recipients"));
        recipients.forEach(each -> Objects.requireNonNull(each, "recipients: one is null"));
        body.put("mime_message", utf8(Objects.requireNonNull(message, "message")));
        return accepted(
                api.send(sending.segment("send_raw"), api.token(), new ApiClient.JsonBody(body), api.deadline()));
    }

    /** How much the account may send, and has sent. */
    public SendingLimits limits() throws CloudflareApiException {
        return new SendingLimits(api.get(sending.segment("limits")));
    }

    /**
     * A message that was sent, as RFC 5322 bytes.
     *
     * @param messageId as {@link SendResult#getMessageId()} gives it
     */
    public byte[] message(String messageId) throws CloudflareApiException {
        return api.bytes(sending.segment("messages").argument("messageId", messageId));
    }

    /**
     * Asks for the account's limits and throws the answer away: whether the API can be reached with this token.
     *
     * @param token the API token for this request; not null
     * @param deadline for all of it
     * @throws CloudflareApiException when it cannot
     */
    public void verify(String token, Deadline deadline) throws CloudflareApiException {
        api.probe(sending.segment("limits"), token, deadline);
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
