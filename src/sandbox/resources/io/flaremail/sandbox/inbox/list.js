// The list of messages: rows are kept as long as their message does not change, so that focus and scrolling stay.

import { byId, chip, el, foreign, plural, status, time } from './dom.js';

const rows = new Map();

function row(message) {
  const people = message.recipients.map((recipient) => recipient.address).join(', ');
  return el('li', {},
    el('a', { href: '#/message/' + encodeURIComponent(message.id), class: 'row', tabindex: '-1', 'data-id': message.id },
      el('span', { class: 'line' },
        el('span', { class: 'subject' }, message.subject === '' ? el('span', { class: 'soft' }, '(no subject)') : foreign(message.subject)),
        el('span', { class: 'soft when' }, time(message.received_at))),
      el('span', { class: 'line' },
        el('span', { class: 'people' }, el('span', { class: 'hidden' }, 'To '), foreign(people)),
        el('span', { class: 'chips' }, chips(message.recipients))),
      el('span', { class: 'line soft from' }, el('span', {}, 'from ', foreign(message.from)))));
}

/** One for each status, with the number of recipients if there are several. */
function chips(recipients) {
  const counts = new Map();
  recipients.forEach((recipient) => counts.set(status(recipient), (counts.get(status(recipient)) ?? 0) + 1));
  return [...counts].map(([word, count]) => chip(word, recipients.length === 1 ? word : count + ' ' + word));
}

/** @param fresh the ids of messages that came while the page was open, and were not read yet */
export function renderList(messages, openId, fresh) {
  const list = byId('messages');
  const focused = document.activeElement?.dataset?.id;
  const known = new Set(messages.map((message) => message.id));
  for (const [id, kept] of rows) {
    if (!known.has(id)) {
      kept.item.remove();
      rows.delete(id);
    }
  }
  messages.forEach((message, place) => {
    const json = JSON.stringify(message);
    let kept = rows.get(message.id);
    if (kept?.json !== json) {
      const item = row(message);
      kept?.item.replaceWith(item);
      kept = { item, json };
      rows.set(message.id, kept);
    }
    if (list.children[place] !== kept.item) {
      list.insertBefore(kept.item, list.children[place] ?? null);
    }
    mark(kept.item.firstChild, message.id === openId, fresh.has(message.id));
  });
  if (focused !== undefined && document.activeElement === document.body) {
    (rows.get(focused)?.item.firstChild ?? allLinks()[0] ?? byId('content')).focus();
  }
  makeReachable(openId);
}

function mark(link, open, fresh) {
  link.classList.toggle('fresh', fresh);
  if (open) {
    link.setAttribute('aria-current', 'true');
  } else {
    link.removeAttribute('aria-current');
  }
}

/** One row can be reached with Tab, from there the others with the arrow keys. */
function makeReachable(openId) {
  const links = allLinks();
  const one = links.find((link) => link === document.activeElement)
    ?? links.find((link) => link.dataset.id === openId) ?? links[0];
  links.forEach((link) => (link.tabIndex = link === one ? 0 : -1));
}

function allLinks() {
  return [...byId('messages').querySelectorAll('a.row')];
}

/** Moves the focus up or down, from the open message if the focus is elsewhere. */
export function moveFocus(step, openId) {
  const links = allLinks();
  const focused = links.indexOf(document.activeElement);
  const from = focused >= 0 ? focused : links.findIndex((link) => link.dataset.id === openId);
  const next = links[Math.min(Math.max(from + step, 0), links.length - 1)];
  if (next !== undefined) {
    links.forEach((link) => (link.tabIndex = link === next ? 0 : -1));
    next.focus();
  }
}

/** Returns to the row of a message, or to the first one. */
export function focusRow(id) {
  const links = allLinks();
  (links.find((link) => link.dataset.id === id) ?? links[0] ?? byId('content')).focus();
}

export function clearRows() {
  rows.clear();
  byId('messages').replaceChildren();
}

export function countText(shown, total, searching) {
  const what = plural(total, searching ? 'match' : 'message', searching ? 'matches' : 'messages');
  return shown < total ? shown.toLocaleString('en') + ' of ' + what : what;
}
