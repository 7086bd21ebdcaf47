package io.flaremail.samples.events;

import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.DeliveryEvent;
import io.flaremail.api.EventHandler;
import io.flaremail.api.EventLoop;
import java.io.IOException;

/** Handles delivery events in an application: stops writing to addresses that bounce for good, and to those that complain. */
public final class BounceListener {
    private final CloudflareEmail client;
    private final String account;

    public BounceListener(CloudflareEmail client, String account) {
        this.client = client;
        this.account = account;
    }

    /** An application's list of addresses that it no longer writes to. */
    public interface DoNotSend {
        void add(String address, String reason) throws IOException;
    }

    /** Run it with {@link EventLoop#run} on a thread of its own; {@link EventLoop#close} ends it. */
    public EventLoop into(DoNotSend list, String queueName) throws IOException {
        String queue = client.queues(account).find(queueName).orElseThrow().getId();
        EventHandler handler = event -> {
            if (event.getKind() == DeliveryEvent.Kind.COMPLAINED) {
                list.add(event.getRecipient(), "complaint");
            } else if (event.isHardBounce()) {
                list.add(event.getRecipient(), event.getSmtpResponse().orElse("bounce"));
            }
        };
        return client.deliveryEvents(account, queue).listen(handler);
    }
}
