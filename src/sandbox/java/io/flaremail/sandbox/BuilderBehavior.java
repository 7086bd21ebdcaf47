package io.flaremail.sandbox;

import static io.flaremail.sandbox.Fact.assumed;
import static io.flaremail.sandbox.Fact.documented;
import static io.flaremail.sandbox.Fact.seen;

/** Sending of messages that the service composes. */
enum BuilderBehavior implements Behavior {
    FIELDS(documented(
                    "`from`, `subject`, `text` or `html`, and one of `to`, `cc` and `bcc` are required; fields that are not"
                            + " documented are refused.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    ADDRESSES(documented("An address is a string or `{address, name}`; a list may mix both.")),
    EMAIL_KEY(seen("`{email, name}`, as Workers write it, is refused.").refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    CUSTOM_FIELDS(
            documented("`headers` has fields of the published list, at most 20, and any `X-`: 2,048 bytes each, 16 KB"
                            + " together. The service's own fields are refused.")
                    .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    ATTACHMENTS(documented("Attachments are base64, with file name, type and disposition.")
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    INLINE_PARTS(seen("An inline part without `content_id` is refused.").refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    BCC(assumed("Recipients in `bcc` are in the envelope only."));

    private final Fact fact;

    BuilderBehavior(Fact fact) {
        this.fact = fact.at("POST /accounts/{account}/email/sending/send");
    }

    @Override
    public Fact fact() {
        return fact;
    }
}
