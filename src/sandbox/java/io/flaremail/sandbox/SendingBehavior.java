package io.flaremail.sandbox;

import static io.flaremail.sandbox.Fact.assumed;
import static io.flaremail.sandbox.Fact.documented;
import static io.flaremail.sandbox.Fact.seen;

/** Sending of whole messages, and the account's quota. */
enum SendingBehavior implements Behavior {
    RAW_FIELDS(documented("A request has exactly the fields `from`, `recipients` and `mime_message`.")
            .at(At.SEND_RAW)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    BARE_ADDRESSES(documented("`from` and `recipients` are bare addresses in printable ASCII.")
            .at(At.SEND_RAW)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    RECIPIENT_COUNT(documented("A message has 1 to 50 recipients.")
            .at(At.SEND_RAW, At.SEND)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    MESSAGE_SIZE(documented("A message is at most 5 MiB in its MIME form.")
            .at(At.SEND_RAW, At.SEND)
            .refusing(ApiError.TOO_BIG)),
    CONTENT_LENGTH(documented("A request without `Content-Length`, such as a chunked one, is refused.")
            .at(At.SEND_RAW, At.SEND)
            .refusing(ApiError.NO_CONTENT_LENGTH)),
    FROM_FIELD(assumed("A message without a valid `From` field is refused.")
            .at(At.SEND_RAW)
            .refusing(ApiError.INVALID_EMAIL)),
    TRACE_FIELDS(seen("A message with `Received` or `X-Received` fields is refused.")
            .at(At.SEND_RAW)
            .refusing(ApiError.INVALID_EMAIL)),
    OTHER_FROM(assumed("The `From` field may name another address than the envelope's sender.")
            .at(At.SEND_RAW)
            .strict("It must have the envelope's sender only.")
            .refusing(ApiError.INVALID_EMAIL)),
    SUB_ADDRESS(assumed("The sender's local part may have a `+tag`.")
            .at(At.SEND_RAW, At.SEND)
            .strict("Such a sender is refused.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    BCC_FIELD(assumed("A `Bcc` field is passed on as it is.")
            .at(At.SEND_RAW)
            .strict("A message with one is refused.")
            .refusing(ApiError.INVALID_EMAIL)),
    PLATFORM_FIELDS(
            assumed("`Return-Path`, `DKIM-Signature`, `Feedback-ID` and `ARC-*` fields are passed on as they are.")
                    .at(At.SEND_RAW)
                    .strict("A message with one is refused, as `send` refuses them.")
                    .refusing(ApiError.INVALID_EMAIL)),
    FUTURE_DATE(
            seen("A message with a `Date` 7 minutes ahead was answered `queued` and then lost. The sandbox treats it"
                            + " like any other.")
                    .at(At.SEND_RAW)
                    .strict(
                            "With a `Date` more than 5 minutes ahead, all recipients are `queued`, without delivery or event.")),
    SENDER_DOMAIN(seen("The sender's domain must be onboarded by its exact name.")
            .at(At.SEND_RAW, At.SEND)
            .refusing(ApiError.SENDER_NOT_CONFIGURED)),
    DISABLED_DOMAIN(documented("A domain that is onboarded but not enabled may not send.")
            .at(At.SEND_RAW, At.SEND)
            .refusing(ApiError.SENDING_DISABLED)),
    FRESH_DOMAIN(seen("A domain could not send in the first 25 to 107 seconds. In the sandbox it can at once.")
            .at(At.SEND_RAW)
            .strict("It cannot in the first 60 seconds.")
            .refusing(ApiError.SENDING_DISABLED)),
    EMPTY_LISTS(seen("If all recipients are accepted, all lists of the result are empty.")
            .at(At.SEND_RAW, At.SEND)),
    OUTCOMES(documented("`queued` and `permanent_bounces` list recipients; the other ones get the message.")
            .at(At.SEND_RAW, At.SEND)),
    ECHO(assumed("The lists have addresses as they were in the request.")
            .at(At.SEND_RAW)
            .strict("They have `Recipient <ADDRESS>`, in upper case.")),
    SUPPRESSED(documented("One suppressed recipient makes the whole request fail; code and message are assumed.")
            .at(At.SEND_RAW)
            .refusing(ApiError.RECIPIENT_SUPPRESSED)),
    DROPPED(documented("With `drop_suppressed_recipients`, suppressed ones are left out and listed.")
            .at(At.SEND_RAW)),
    MESSAGE_ID(seen("The message gets another Message-ID, 36 letters and digits at the sender's domain. It is the"
                    + " `message_id` of the result.")
            .at(At.SEND_RAW)),
    NO_MESSAGE_ID(documented("A message need not have a Message-ID.").at(At.SEND_RAW)),
    UNCHANGED(
            seen("All else in a message arrives byte for byte, UTF-8 included.").at(At.SEND_RAW)),
    STORED_MESSAGE(documented("A message can be read by its `message_id`, as `message/rfc822`.")
            .at(At.MESSAGE)
            .refusing(ApiError.NOT_FOUND)),
    LIMITS(documented(
                    "`quota` has a unit and a value; `usage` has what was sent and when it resets. Without a quota both"
                            + " are null.")
            .at(At.LIMITS)),
    OVER_QUOTA(assumed("Messages over the quota are refused as throttled, without `Retry-After`.")
            .at(At.SEND_RAW)
            .refusing(ApiError.THROTTLED));

    private static final class At {
        static final String SEND_RAW = "POST " + SendingEndpoints.BASE + "/send_raw";
        static final String SEND = "POST " + SendingEndpoints.BASE + "/send";
        static final String LIMITS = "GET " + SendingEndpoints.BASE + "/limits";
        static final String MESSAGE = "GET " + SendingEndpoints.BASE + "/messages/{message}";
    }

    private final Fact fact;

    SendingBehavior(Fact fact) {
        this.fact = fact;
    }

    @Override
    public Fact fact() {
        return fact;
    }
}
