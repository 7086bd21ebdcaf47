// Domains, suppressions and queues; with the requests, all panels that only show.

import { get } from './api.js';
import { pretty } from './blocks.js';
import { copyButton, el, foreign, plural, time } from './dom.js';
import { REQUESTS } from './requests.js';

function empty(...text) {
  return el('p', { class: 'empty' }, text);
}

function table(names, rows) {
  return el('table', {}, el('thead', {}, el('tr', {}, names.map((name) => el('th', { scope: 'col' }, name)))), el('tbody', {}, rows));
}

const row = (...cells) => el('tr', {}, cells.map((cell) => el('td', {}, cell)));

/** A line of a zone file: texts in quoted strings of at most 255 characters, hosts with a dot at the end. */
function zoneLine(record) {
  const name = record.name + '.';
  if (record.type === 'TXT') {
    const strings = record.content.match(/.{1,255}/gs) ?? [''];
    return name + ' 300 IN TXT ' + strings.map((each) => '"' + each.replace(/(["\\])/g, '\\$1') + '"').join(' ');
  }
  return name + ' 300 IN ' + record.type + ' ' + (record.priority === undefined ? '' : record.priority + ' ') + record.content + '.';
}

const DNS_TONES = { ready: 'good', unlocked: 'good', unconfigured: 'warn', misconfigured: 'bad' };

function domain(domain) {
  const records = domain.dns.records;
  const rows = records.map((record) => row(record.type,
    el('div', { class: 'record' }, el('span', {}, foreign(record.name)),
      el('span', {}, el('code', {}, foreign(record.content, 1000)), record.priority === undefined ? null : el('span', { class: 'soft' }, ' priority ' + record.priority))),
    copyButton(record.content, 'Copy the content of ' + record.type + ' ' + record.name)));
  return el('section', { class: 'card' },
    el('div', { class: 'card-head' },
      el('h2', {}, foreign(domain.name)),
      el('span', { class: 'chip ' + (domain.enabled ? 'good' : 'warn') }, domain.enabled ? 'enabled' : 'not enabled'),
      el('span', { class: 'chip ' + (DNS_TONES[domain.dns.status] ?? 'neutral') }, 'DNS ' + domain.dns.status),
      domain.locked ? el('span', { class: 'chip warn' }, 'locked') : null,
      el('span', { class: 'grow' }),
      copyButton(records.map(zoneLine).join('\n') + '\n', 'Copy all records of ' + domain.name + ' as a zone file', 'Copy as zone file')),
    el('p', { class: 'soft' }, 'Zone ', foreign(domain.zone.name), ' ', el('code', {}, domain.zone.id)),
    domain.dns.errors.length === 0 ? null : el('ul', { class: 'errors' }, domain.dns.errors.map((error) => el('li', {}, error.code))),
    table(['Type', 'Name and content', 'Copy'], rows));
}

function suppression(entry) {
  return row(foreign(entry.email), entry.reason, entry.scope.value === undefined ? 'account' : foreign(entry.scope.value),
    time(entry.created_at), entry.expires_at === null ? 'never' : time(entry.expires_at), entry.note === null ? '' : foreign(entry.note));
}

function queue(queue) {
  const hidden = queue.backlog - queue.messages.length;
  return el('section', { class: 'card' },
    el('div', { class: 'card-head' }, el('h2', {}, foreign(queue.name)), el('span', { class: 'chip neutral' }, 'backlog ' + queue.backlog)),
    queue.messages.map((message) => el('details', { 'data-key': message.id },
      el('summary', {}, time(new Date(message.timestamp_ms).toISOString()), ' ', foreign(kind(message.body)), ' ',
        el('span', { class: 'soft' }, plural(message.attempts, 'attempt') + (message.leased ? ', leased' : ''))),
      el('pre', { tabindex: '0' }, pretty(message.body).slice(0, 200_000)))),
    queue.messages.length === 0 ? empty('No messages.') : null,
    hidden > 0 ? el('p', { class: 'soft' }, plural(hidden, 'more message', 'more messages') + '.') : null);
}

/** What a queued message is about: the type of an event and its recipient, or the beginning of its text. */
function kind(body) {
  try {
    const event = JSON.parse(body);
    return event.type.replace('cf.email.sending.', '') + ' ' + event.payload.recipient;
  } catch {
    return body.slice(0, 80);
  }
}

/** Each loads its data, and makes nodes of it; they are made again only when the data changed. */
export const PANELS = {
  requests: REQUESTS,
  domains: {
    title: 'Domains',
    load: () => get('/domains'),
    render: (data) => data.domains.length === 0 ? [empty('No sending domains.')] : data.domains.map(domain),
  },
  suppressions: {
    title: 'Suppressions',
    load: () => get('/suppressions'),
    render: (data) => data.total === 0
      ? [empty('No address is suppressed. Add one with ', el('code', {}, 'flaremail suppressions add'), ' or the API.')]
      : [el('p', { class: 'soft' }, plural(data.total, 'address', 'addresses')),
        el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Suppressed addresses' },
          table(['Address', 'Reason', 'Scope', 'Created', 'Expires', 'Note'], data.suppressions.map(suppression)))],
  },
  queues: {
    title: 'Queues',
    load: () => get('/queues'),
    render: (data) => data.queues.length === 0
      ? [empty('No queues. ', el('code', {}, 'flaremail events setup'), ' creates one and subscribes it to delivery events.')]
      : data.queues.map(queue),
  },
};
