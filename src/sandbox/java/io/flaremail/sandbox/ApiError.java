package io.flaremail.sandbox;

/** The API's error table. */
public enum ApiError {
    INVALID_REQUEST_SCHEMA(400, 10001, "email.sending.error.invalid_request_schema"),
    TOO_BIG(400, 10200, "email.sending.error.email.too_big"),
    NO_CONTENT_LENGTH(400, 10201, "email.sending.error.email.no_content_length"),
    INVALID_EMAIL(400, 10202, "email.sending.error.email.invalid"),
    UNAUTHORIZED(401, 10101, "email.sending.error.authentication.unauthorized"),
    BAD_TOKEN_TYPE(401, 10103, "email.sending.error.authentication.bad_token_type"),
    FORBIDDEN(403, 10102, "email.sending.error.authentication.forbidden"),
    NOT_ENTITLED(403, 10105, "email.sending.error.authentication.not_entitled"),
    SENDING_DISABLED(403, 10203, "email.sending.error.email.sending_disabled"),
    SENDER_NOT_CONFIGURED(403, 10204, "email.sending.error.email.sender_not_configured"),
    FOREIGN_MX(409, 2008, "Another mail service's MX records are in the way"),
    MULTIPLE_SPF(409, 2026, "More than one SPF record"),
    SUBDOMAIN_UNAUTHORIZED(401, 2036, "Unauthorized"),
    MULTIPLE_DMARC(409, 2027, "More than one DMARC record"),
    BAD_SUBDOMAIN_ID(400, 2028, "Invalid subdomain identifier"),
    SUBDOMAIN_NOT_FOUND(404, 2033, "Subdomain not found"),
    /** Seen without its HTTP status; 409 is a guess. */
    SUBDOMAIN_EXISTS(409, 2040, "Email Sending is already enabled on this subdomain"),
    SUBDOMAIN_LOCKED(403, 2043, "Locked by an administrator"),
    /** A zone holds 30 domains; how more are refused is not published: code and message are made up. */
    TOO_MANY_SUBDOMAINS(400, 19003, "Too many sending domains in this zone"),
    /** Published as HTTP 400 without code or message: both are made up. */
    RECIPIENT_SUPPRESSED(400, 19001, "email.sending.error.email.recipient_suppressed"),
    /** Published as HTTP 403 without code or message: both are made up. */
    SUPPRESSION_READ_ONLY(403, 19002, "email.sending.error.suppression.read_only"),
    /** Published as HTTP 400 with the word as its code; the number is made up, and not shown. */
    SCOPE_IMMUTABLE(400, 19004, "scope_immutable"),
    /** Queues and their subscriptions answer with codes of their own; where one is not published, it is made up. */
    QUEUES_INVALID(400, 10026, "Bad request"),
    QUEUE_NOT_FOUND(404, 11000, "Queue does not exist"),
    /** Seen: a second consumer. */
    CONSUMER_EXISTS(400, 11004, "Queue already has a consumer"),
    CONSUMER_NOT_FOUND(404, 11001, "Consumer does not exist"),
    QUEUE_EXISTS(409, 11009, "Queue name is already taken"),
    /** Seen: a pull from a queue without a pull consumer. */
    NO_PULL_CONSUMER(405, 10058, "Queue does not have an HTTP pull consumer"),
    SUBSCRIPTION_INVALID(400, 19006, "Validation failed"),
    SUBSCRIPTION_NOT_FOUND(404, 19007, "Subscription does not exist"),
    /** Published as HTTP 405: a second subscription of the same source. */
    SUBSCRIPTION_EXISTS(405, 19008, "Subscription already exists for this resource"),
    NOT_FOUND(404, 10000, "email.sending.error.not_found"),
    NO_ROUTE(404, 7003, "Could not route to the requested path, perhaps your object identifier is invalid?"),
    METHOD_NOT_ALLOWED(405, 7001, "Method not available for the requested path."),
    /** Not the service's: a request that was meant for another host. RFC 9110 15.5.20. */
    MISDIRECTED(421, 19005, "Misdirected request"),
    THROTTLED(429, 10004, "email.sending.error.throttled"),
    INTERNAL_SERVER(500, 10002, "email.sending.error.internal_server"),
    NOT_IMPLEMENTED(500, 10003, "email.sending.error.not_implemented"),
    AUTHENTICATION_UPSTREAM(503, 10100, "email.sending.error.authentication.upstream");

    private final int status;
    private final int code;
    private final String message;

    ApiError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    public int status() {
        return status;
    }

    public int code() {
        return code;
    }

    public String message() {
        return message;
    }
}
