// One message: what happened to it, and its content in tabs.

import { get, getText, ofMessage, send, url } from './api.js';
import { block, exchange, later } from './blocks.js';
import { action, announce, chip, copyButton, el, foreign, size, time } from './dom.js';

const TABS = { html: 'HTML', text: 'Text', headers: 'Headers', raw: 'Raw', attachments: 'Attachments', request: 'Request' };

let shown = null;

export function forgetMessage() {
  shown = null;
}

/** Shows the message, or what changed of it since it was shown. Returns whether it is new in the view. */
export async function showMessage(view, id, tab, onDeleted) {
  if (shown?.id !== id) {
    const message = await get(ofMessage(id));
    shown = { id, message, view: build(message, onDeleted), panels: {} };
    view.replaceChildren(shown.view);
    select(tab);
    return true;
  }
  select(tab);
  return false;
}

/** After something changed; fails with status 404 if the message was deleted. */
export async function refreshMessage() {
  if (shown !== null) {
    const { id } = shown;
    const message = await get(ofMessage(id));
    if (shown?.id === id && JSON.stringify(message.recipients) !== JSON.stringify(shown.message.recipients)) {
      shown.message = message;
      shown.view.querySelector('.recipients').replaceWith(recipients(message));
    }
  }
}

function build(message, onDeleted) {
  const remove = action(async () => {
    await send('DELETE', ofMessage(message.id));
    announce('Message deleted');
    onDeleted();
  });
  return el('article', { class: 'message', 'aria-labelledby': 'subject' },
    el('header', {},
      el('div', { class: 'toolbar' },
        el('a', { class: 'button back', href: '#/' }, '← Back'),
        el('span', { class: 'grow' }),
        el('a', { class: 'button', href: url(ofMessage(message.id, '/export')), download: '' }, 'Export'),
        el('button', { type: 'button', class: 'danger quiet', onclick: remove }, 'Delete')),
      el('h2', { id: 'subject', tabindex: '-1' }, message.subject === '' ? '(no subject)' : foreign(message.subject, 1000)),
      facts(message),
      recipients(message)),
    tabs(message),
    el('div', { id: 'tab-panel', class: 'tab-panel', role: 'tabpanel', tabindex: '0' }));
}

function facts(message) {
  return el('dl', { class: 'facts' },
    fact('From', from(message)),
    fact('Received', time(message.received_at), ' · ', size(message.size), message.via === 'smtp' ? ' · by SMTP' : null,
      message.relay ? ' · relay: ' : null, message.relay ? foreign(message.relay) : null),
    fact('Id', el('code', {}, foreign(message.id)), ' ', copyButton(message.id, 'Copy the message id')));
}

const header = (message, name) => message.headers.filter((field) => field.name.toLowerCase() === name).map((field) => field.value).join(', ');

/** What readers see, and the envelope's sender if it is another. */
function from(message) {
  const seen = header(message, 'from');
  return seen.toLowerCase().includes(message.from.toLowerCase()) ? foreign(seen)
    : [foreign(seen), el('span', { class: 'soft' }, ' envelope '), foreign(message.from)];
}

/** Whether the recipient is only in the envelope. */
function isBlind(message, address) {
  return !(header(message, 'to') + header(message, 'cc')).toLowerCase().includes(address.toLowerCase());
}

function fact(name, ...value) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value));
}

function recipients(message) {
  return el('ul', { class: 'recipients', 'aria-label': 'Recipients' }, message.recipients.map((recipient) =>
    el('li', {},
      el('span', { class: 'address' }, foreign(recipient.address), isBlind(message, recipient.address) ? el('span', { class: 'soft' }, ' bcc') : null),
      el('span', { class: 'steps' },
        chip(recipient.outcome),
        recipient.events.map((event) => [' ', el('span', { class: 'then', 'aria-hidden': 'true' }, '→'), ' ', chip(event.kind), ' ', el('span', { class: 'soft' }, time(event.at))])))));
}

function tabNames(message) {
  return Object.keys(TABS).filter((tab) =>
    tab === 'html' ? message.html !== ''
      : tab === 'text' ? message.text !== '' || message.html === ''
      : tab === 'attachments' ? message.attachments.length > 0
      : true);
}

function tabs(message) {
  const names = tabNames(message);
  const list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Content' }, names.map((name) =>
    el('button', { type: 'button', role: 'tab', id: 'tab-' + name, 'aria-controls': 'tab-panel', 'data-tab': name, onclick: () => open(name) },
      TABS[name], name === 'attachments' ? el('span', { class: 'count' }, ' ' + message.attachments.length) : null)));
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      const next = names[(names.indexOf(event.target.dataset.tab) + step + names.length) % names.length];
      event.preventDefault();
      list.querySelector('#tab-' + next).focus();
      open(next);
    }
  });
  return list;
}

function open(tab) {
  location.replace('#/message/' + encodeURIComponent(shown.id) + '/' + tab);
}

function select(asked) {
  const names = tabNames(shown.message);
  const tab = names.includes(asked) ? asked : names[0];
  if (shown.tab === tab) {
    return;
  }
  shown.tab = tab;
  shown.view.querySelectorAll('[role=tab]').forEach((button) => {
    const selected = button.dataset.tab === tab;
    button.setAttribute('aria-selected', selected);
    button.tabIndex = selected ? 0 : -1;
  });
  const panel = shown.view.querySelector('#tab-panel');
  panel.setAttribute('aria-labelledby', 'tab-' + tab);
  shown.panels[tab] ??= { html, text, headers, raw, attachments, request }[tab](shown.message);
  panel.replaceChildren(shown.panels[tab]);
}

function html(message) {
  const source = (remote) => url(ofMessage(message.id, '/html'), remote ? { remote: 'true' } : {});
  const frame = el('iframe', {
    sandbox: 'allow-popups allow-popups-to-escape-sandbox', referrerpolicy: 'no-referrer', title: 'HTML of the message', src: source(false),
  });
  const load = el('button', { type: 'button', class: 'small', 'aria-pressed': 'false' }, 'Load remote content');
  load.addEventListener('click', () => {
    const remote = load.getAttribute('aria-pressed') === 'false';
    load.setAttribute('aria-pressed', remote);
    load.textContent = remote ? 'Block remote content' : 'Load remote content';
    frame.src = source(remote);
  });
  const narrow = el('button', { type: 'button', class: 'small', 'aria-pressed': 'false' }, 'Phone width');
  narrow.addEventListener('click', () => narrow.setAttribute('aria-pressed', frame.classList.toggle('narrow')));
  return el('div', { class: 'html' },
    el('p', { class: 'hint' }, el('span', { class: 'grow' }, 'No scripts run; remote content only on request.'), narrow, ' ', load), frame);
}

function text(message) {
  return block(message.text, url(ofMessage(message.id, '/raw')));
}

function headers(message) {
  return el('table', { class: 'wide-table' },
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Field'), el('th', { scope: 'col' }, 'Value'))),
    el('tbody', {}, message.headers.slice(0, 500).map((field) =>
      el('tr', {}, el('th', { scope: 'row' }, foreign(field.name)), el('td', {}, foreign(field.value, 10_000))))));
}

function raw(message) {
  const path = ofMessage(message.id, '/raw');
  return later(async () => {
    const source = await getText(path);
    return el('div', {},
      el('p', { class: 'hint' }, el('span', { class: 'grow' }, 'As IMAP serves it, with the Message-ID of the service.'),
        el('a', { class: 'button small', href: url(path), download: 'message.eml' }, 'Download .eml'), ' ', copyButton(source, 'Copy the raw message')),
      block(source, url(path)));
  });
}

function attachments(message) {
  return el('ul', { class: 'attachments' }, message.attachments.map((attachment, number) =>
    el('li', {},
      el('a', { href: url(ofMessage(message.id, '/attachments/' + number)), download: attachment.name === '' ? 'attachment-' + number : attachment.name },
        attachment.name === '' ? 'attachment-' + number : foreign(attachment.name)),
      el('span', { class: 'soft' }, foreign(attachment.type), ' · ', size(attachment.size),
        attachment.inline ? ' · inline' : null, attachment.content_id ? [' · cid:', foreign(attachment.content_id)] : null))));
}

function request(message) {
  return message.via === 'smtp' ? el('p', { class: 'hint' }, 'This message came by SMTP, not as an API request.')
    : later(async () => exchange(await get(ofMessage(message.id, '/exchange'))));
}
