package io.flaremail.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Sends with one account.
 *
 * @see <a href="https://developers.cloudflare.com/api/resources/email_sending/">Cloudflare API: Email Sending</a>
 */
public final class EmailSending {
    /** How many recipients the API takes in one request. */
    public static final int MAX_RECIPIENTS = 50;

    private final CloudflareEmail client;
    private final ApiPath account;

    EmailSending(CloudflareEmail client, String accountId) {
        this.client = client;
        this.account = client.path().segment("accounts").segment(accountId);
    }

    /**
     * Asks for the account's limits and throws the answer away: whether the API can be reached with this token.
     *
     * @param token the API token for this request; not null
     * @param deadline for all of it
     * @throws CloudflareApiException when it cannot
     */
    public void verify(String token, Deadline deadline) throws CloudflareApiException {
        ApiPath path = account.segment("email").segment("sending").segment("limits");
        CloudflareApiException.requireSuccess(
                client.exchange("GET", path, token, null, deadline), new Redaction(token));
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
     * @return what became of it; never null
     */
    public SendOutcome sendRaw(
            String token, String reversePath, List<String> recipients, MimeText message, Deadline deadline) {
        ApiPath path = account.segment("email").segment("sending").segment("send_raw");
        SendRawBody body = new SendRawBody(reversePath, recipients, message);
        for (int attempt = 1; ; attempt++) {
            HttpReply reply = client.exchange("POST", path, token, body, deadline);
            SendOutcome outcome = verdict(reply, token).after(attempt);
            Optional<Duration> wait = client.retries().next(outcome, attempt, deadline.left());
            if (!wait.isPresent() || !Pause.sleep(wait.get())) {
                return outcome;
            }
        }
    }

    /** Whatever may go wrong in reading an answer, the message was sent before. */
    private static SendOutcome verdict(HttpReply reply, String token) {
        try {
            return Verdict.of(reply, new Redaction(token), Clock.systemUTC().instant());
        } catch (RuntimeException unreadable) {
            return SendOutcome.unknown(reply, Collections.emptyList());
        }
    }
}
