// Faults, the fates of addresses, the clock, and a reset.

import { get, send } from './api.js';
import { action, announce, confirmed, el, foreign, plural } from './dom.js';

const STEPS = { '1 minute': 60, '1 hour': 3600, '1 day': 86_400, '1 week': 7 * 86_400 };

let parts = null;

function field(label, control) {
  return el('label', { class: 'field' }, el('span', {}, label), control);
}

const options = (names) => names.map((name) => el('option', { value: name }, name));

function card(title, hint, ...children) {
  return el('section', { class: 'card' }, el('h2', {}, title), el('p', { class: 'soft' }, hint), children);
}

function faults(names, changed) {
  const name = el('select', {}, options(names));
  const times = el('input', { type: 'number', min: '1', max: '10000', value: '1', required: true });
  const requests = el('select', {}, el('option', { value: 'sends' }, 'sends'), el('option', { value: 'pulls' }, 'queue pulls'));
  const queued = el('div', { class: 'queued', 'aria-live': 'polite' });
  const add = action(async () => {
    await send('POST', '/faults', { fault: name.value, times: Number(times.value), requests: requests.value });
    announce('Fault queued');
    changed();
  });
  const clear = el('button', { type: 'button', onclick: action(async () => {
    await send('DELETE', '/faults');
    announce('Faults cleared');
    changed();
  }) }, 'Clear faults');
  parts.queued = queued;
  parts.clear = clear;
  return card('Faults', 'Each of the next requests takes one fault from the queue, in order.',
    el('form', { class: 'row-form', onsubmit: add }, field('Fault', name), field('Times', times), field('Requests', requests),
      el('button', { class: 'primary' }, 'Queue fault')),
    queued, clear);
}

function fates(names, changed) {
  const address = el('input', { type: 'email', required: true, placeholder: 'grace@example.org', autocomplete: 'off' });
  const fate = el('select', {}, options(names));
  const choose = action(async () => {
    await send('PUT', '/fates/' + encodeURIComponent(address.value), { fate: fate.value });
    announce('Outcome chosen');
    address.value = '';
    changed();
  });
  parts.fates = el('ul', { class: 'plain', 'aria-label': 'Chosen outcomes' });
  return card('Simulated outcomes', 'What happens to mail to an address, until a reset. Local parts also work: bounce@…, complain+1@….',
    el('form', { class: 'row-form', onsubmit: choose }, field('Address', address), field('Outcome', fate), el('button', { class: 'primary' }, 'Choose')),
    parts.fates);
}

function clock(changed) {
  parts.time = el('p', {});
  const step = (name) => el('button', { type: 'button', onclick: action(async () => {
    await send('POST', '/clock', { advance_seconds: STEPS[name] });
    announce('Clock advanced');
    changed();
  }) }, '+ ' + name);
  return card('Clock', 'Quotas reset, suppressions expire, and events come due. A reset restores the current time.',
    parts.time, el('div', { class: 'buttons' }, Object.keys(STEPS).map(step)));
}

function reset(changed) {
  const button = el('button', { type: 'button', class: 'danger', onclick: action(async () => {
    if (await confirmed('Reset the sandbox? Messages, faults, chosen outcomes, suppressions, events and queued messages of all accounts are deleted, and the clock is reset. Domains, queues and subscriptions stay.', 'Reset')) {
      await send('POST', '/reset');
      announce('Sandbox reset');
      changed();
    }
  }) }, 'Reset the sandbox');
  return card('Reset', 'Deletes messages, faults, chosen outcomes, suppressions, events and queued messages of all accounts, and resets the clock. Domains, queues and subscriptions stay.', button);
}

function runs(requests, list) {
  return list.map((run) => el('li', {}, run.fault, el('span', { class: 'soft' }, ' ' + plural(run.times, 'time') + ', ' + requests)));
}

function update(data, state, changed) {
  const queued = [...runs('sends', data.faults.sends), ...runs('queue pulls', data.faults.pulls)];
  parts.queued.replaceChildren(queued.length === 0 ? el('p', { class: 'soft' }, 'No fault is queued.') : el('ul', { class: 'plain' }, queued));
  parts.clear.hidden = queued.length === 0;
  parts.fates.replaceChildren(...Object.entries(data.fates.fates).map(([address, fate]) =>
    el('li', {}, foreign(address), ' → ', fate, ' ', el('button', { type: 'button', class: 'small', 'aria-label': 'Remove the outcome of ' + address, onclick: action(async () => {
      await send('DELETE', '/fates/' + encodeURIComponent(address));
      changed();
    }) }, 'Remove'))));
  const ahead = state.clock_ahead_seconds;
  parts.time.textContent = ahead === 0 ? 'The clock shows the current time.' : 'The clock is ' + duration(ahead) + ' ahead: ' + new Date(state.time).toLocaleString();
}

function duration(seconds) {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  return [days && plural(days, 'day'), hours && plural(hours, 'hour'), minutes && plural(minutes, 'minute')].filter(Boolean).join(' ') || plural(seconds, 'second');
}

/** The forms stay as they are while they are used; only what they changed is shown anew. */
export const CONTROLS = {
  title: 'Controls',
  load: async () => ({ faults: await get('/faults'), fates: await get('/fates') }),
  begin: (data, changed) => {
    parts = {};
    return [faults(data.faults.names, changed), fates(data.fates.names, changed), clock(changed), reset(changed)];
  },
  update,
};
