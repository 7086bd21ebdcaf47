/**
 * A durable outbox: the application hands mail to a JMS broker and goes on; a courier sends it, and neither loses a message nor sends one
 * twice, whatever is killed when.
 *
 * <p>A message is in exactly one place at any time, and every move between two is one transaction of the broker:
 *
 * <pre>
 * handIn ──► outbox ──1──► outbox.sending.NAME ──2──► (gone: accepted)
 *              ▲                                  ├──► outbox           again later: nothing of it was sent
 *              └──────────────────────────────────┤
 *                                                 ├──► outbox.refused   for a person: bounced, refused, given up, unreadable
 *                                                 └──► outbox.unknown   for a person: it may have been sent
 * </pre>
 *
 * Between 1 and 2 the courier talks to Cloudflare.
 *
 * <ul>
 *   <li>Killed before 1 is committed: the message is still in {@code outbox}, and the next courier sends it.
 *   <li>Killed between 1 and 2: the message is in {@code outbox.sending.NAME}. Nobody can tell whether Cloudflare has it, so the next
 *       courier of that name moves it to {@code outbox.unknown} before it does anything else, and never sends it by itself.
 *   <li>Killed after 2 is committed: all is done.
 * </ul>
 *
 * So each recipient gets a message once, or it waits in a queue that a person looks at; a move from there back to {@code outbox}, with the
 * broker's console, is that person's decision. The price: a message whose courier was killed just before its request went out is unknown
 * as well. The order of messages is not kept.
 *
 * <p>Start reading at {@link io.flaremail.samples.outbox.Courier}; {@link io.flaremail.samples.outbox.OutboxDemo} runs it.
 */
package io.flaremail.samples.outbox;
