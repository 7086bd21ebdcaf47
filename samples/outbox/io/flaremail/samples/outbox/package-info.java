/**
 * A durable outbox: the application passes mail to a JMS broker and continues; a courier sends it, and delivery events say
 * where it ended. No message is lost or sent twice, even if a process is killed at any time.
 *
 * <p>A message is in exactly one place at any time for each recipient, and every move between two is one transaction of the
 * broker:
 *
 * <pre>
 * handIn ──► outbox ──1──► outbox.sending.NAME ──2──► outbox.accepted ──3──► outbox.delivered ──3──► outbox.complained
 *              ▲                                  │      ▲           └──3──► outbox.bounced
 *              │                                  │      4
 *              │                                  ├──► outbox.unknown   it may have been sent
 *              │                                  ├──► outbox.bounced   Cloudflare refused the address at once
 *              │                                  ├──► outbox.refused   for a person: refused, given up, unreadable
 *              └──────────────────────────────────┘    retry later: it was not sent
 * </pre>
 *
 * Between 1 and 2 the {@link io.flaremail.samples.outbox.Courier} sends the message to Cloudflare.
 *
 * <ul>
 *   <li>Killed before 1 is committed: the message is still in {@code outbox}, and the next courier sends it.
 *   <li>Killed between 1 and 2: the message is in {@code outbox.sending.NAME}. It is unknown whether Cloudflare has it,
 *       so the next courier of that name first moves it to {@code outbox.unknown}, and never sends it automatically.
 *   <li>Killed after 2 is committed: the send is complete.
 * </ul>
 *
 * At 3 {@link io.flaremail.samples.outbox.DeliveryEventProcessor} moves a message by its delivery events; failed and rejected
 * ones go to {@code outbox.bounced} too. Addresses that bounce for good or complain are added to {@code outbox.do-not-send}, and
 * messages to them go to {@code outbox.refused}. Events of messages that are not in these queues wait in
 * {@code outbox.unmatched-events} for four days. Run it with an {@link io.flaremail.api.EventLoop} on a thread of its own.
 *
 * <p>At 4 {@link io.flaremail.samples.outbox.UnknownOutcomeLookup} searches Cloudflare's analytics for messages with an unknown
 * outcome; call it every few minutes. What is left in {@code outbox.unknown} waits for a person, who may move it back to
 * {@code outbox} with the broker's console. A message whose courier was killed just before it sent the request is also unknown.
 *
 * <p>The application empties {@code outbox.delivered}, {@code outbox.bounced} and {@code outbox.complained}, for example
 * with a listener; a complaint about a message that was removed from there is not matched. Messages without events stay in
 * {@code outbox.accepted}: those to verified destination addresses, or from a domain without a subscription. The broker scans
 * these queues for each event: to keep more than some ten thousand messages in them, use a database. The order of messages is
 * not kept.
 *
 * <p>Start reading at {@link io.flaremail.samples.outbox.Courier}; {@link io.flaremail.samples.outbox.OutboxDemo} runs
 * it.
 */
package io.flaremail.samples.outbox;
