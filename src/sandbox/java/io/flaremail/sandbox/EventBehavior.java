package io.flaremail.sandbox;

import static io.flaremail.sandbox.Fact.assumed;
import static io.flaremail.sandbox.Fact.documented;
import static io.flaremail.sandbox.Fact.seen;

/** Delivery events, their subscriptions, and analytics. */
enum EventBehavior implements Behavior {
    SUBSCRIBE(documented("A subscription sends the chosen events of one sending domain to a queue.")
            .at(At.CREATE)),
    SUBSCRIPTION_SOURCE(documented("The source needs `zone_id` and an enabled sending domain; the code is assumed.")
            .at(At.CREATE)
            .refusing(ApiError.SUBSCRIPTION_INVALID)),
    SUBSCRIPTION_QUEUE(documented("The queue must exist.").at(At.CREATE).refusing(ApiError.QUEUE_NOT_FOUND)),
    SECOND_SUBSCRIPTION(documented("A second subscription of a domain is refused with 405; the code is assumed.")
            .at(At.CREATE)
            .refusing(ApiError.SUBSCRIPTION_EXISTS)),
    LIST(documented("Subscriptions are listed in pages, ordered, and found by `queue_id`.")
            .at(At.LIST)),
    GET(documented("A subscription is found by its id; the error is assumed.")
            .at(At.GET)
            .refusing(ApiError.SUBSCRIPTION_NOT_FOUND)),
    CHANGE(documented("Name, events, destination and `enabled` can be changed, the source cannot.")
            .at(At.EDIT)
            .refusing(ApiError.INVALID_REQUEST_SCHEMA)),
    DELETE(documented("A subscription can be deleted.").at(At.DELETE)),
    KINDS(documented(
                    "Each recipient has `delivered`, `deferred`, `bounced`, `failed`, `rejected` or `complained` events; all but"
                            + " `deferred` are terminal.")
            .at(At.PULL)),
    MESSAGE_ID(seen("An event's `messageId` is the `message_id` of the send's result, byte for byte.")
            .at(At.PULL)),
    NO_BACKFILL(seen("There are no events from before the subscription.").at(At.PULL)),
    VERIFIED(documented("There are no events about verified destinations.").at(At.PULL)),
    BODY(seen("An event's body is plain JSON text; the documentation has base64.")
            .at(At.PULL)
            .strict("It is base64.")),
    REPEATS(documented("Events come at least once, in any order. From the sandbox they come once, the oldest first.")
            .at(At.PULL)
            .strict("They come twice, the newest first.")),
    BOUNCE_CODES(seen("A bounce came without SMTP codes. In the sandbox it has them.")
            .at(At.PULL)
            .strict("It does not.")),
    ANALYTICS(documented("`emailSendingAdaptive` has the events of a zone, selected by time.")
            .at(At.GRAPHQL)),
    ANALYTICS_GROUPS(documented("`emailSendingAdaptiveGroups` counts them by dimensions, such as date and status.")
            .at(At.GRAPHQL)),
    ANALYTICS_FROM(seen("`from` is stored as `\"Name\" <address>`.").at(At.GRAPHQL)),
    ANALYTICS_ERRORS(assumed("A query that the sandbox cannot answer has `errors`, with status 200.")
            .at(At.GRAPHQL));

    private static final class At {
        static final String LIST = "GET " + EventSubscriptionEndpoints.BASE;
        static final String CREATE = "POST " + EventSubscriptionEndpoints.BASE;
        static final String GET = "GET " + EventSubscriptionEndpoints.ONE;
        static final String EDIT = "PATCH " + EventSubscriptionEndpoints.ONE;
        static final String DELETE = "DELETE " + EventSubscriptionEndpoints.ONE;
        static final String PULL = "POST " + QueueMessageEndpoints.BASE + "/pull";
        static final String GRAPHQL = "POST /graphql";
    }

    private final Fact fact;

    EventBehavior(Fact fact) {
        this.fact = fact;
    }

    @Override
    public Fact fact() {
        return fact;
    }
}
