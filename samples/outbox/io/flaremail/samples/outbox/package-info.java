/**
 * A durable outbox: the application passes mail to a JMS broker and continues; a courier sends it. No message is lost
 * or sent twice, even if a process is killed at any time.
 *
 * <p>A message is in exactly one place at any time, and every move between two is one transaction of the broker:
 *
 * <pre>
 * handIn ──► outbox ──1──► outbox.sending.NAME ──2──► (gone: accepted)
 *              ▲                                  ├──► outbox           retry later: it was not sent
 *              └──────────────────────────────────┤
 *                                                 ├──► outbox.refused   for a person: bounced, refused, given up, unreadable
 *                                                 └──► outbox.unknown   for a person: it may have been sent
 * </pre>
 *
 * Between 1 and 2 the courier sends the message to Cloudflare.
 *
 * <ul>
 *   <li>Killed before 1 is committed: the message is still in {@code outbox}, and the next courier sends it.
 *   <li>Killed between 1 and 2: the message is in {@code outbox.sending.NAME}. It is unknown whether Cloudflare has it,
 *       so the next courier of that name first moves it to {@code outbox.unknown}, and never sends it automatically.
 *   <li>Killed after 2 is committed: the send is complete.
 * </ul>
 *
 * Each recipient therefore gets a message once, or it waits in a queue for a person, who may move it back to
 * {@code outbox} with the broker's console. The cost: a message whose courier was killed just before it sent the
 * request is also unknown. The order of messages is not kept.
 *
 * <p>Start reading at {@link io.flaremail.samples.outbox.Courier}; {@link io.flaremail.samples.outbox.OutboxDemo} runs
 * it.
 */
package io.flaremail.samples.outbox;
