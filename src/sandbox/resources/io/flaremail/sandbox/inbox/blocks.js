// What is long, and what is loaded when it is looked at.

import { cut, el, foreign, plural } from './dom.js';

/** In characters; the rest of a longer text can be downloaded. */
const LONGEST_SHOWN = 200_000;

/** @param whole where all of it can be downloaded, if it can */
export function block(text, whole) {
  const note = text.length <= LONGEST_SHOWN ? null
    : el('p', { class: 'hint' }, 'The first ' + LONGEST_SHOWN.toLocaleString('en') + ' of ' + plural(text.length, 'character') + '. ',
      whole === undefined ? null : el('a', { href: whole, download: '' }, 'Download all'));
  return el('div', {}, note, el('pre', { tabindex: '0' }, text.slice(0, LONGEST_SHOWN)));
}

/** A place for what is still to be loaded. */
export function later(load) {
  const place = el('div', {}, el('p', { class: 'hint' }, 'Loading'));
  load().then((nodes) => place.replaceChildren(nodes), (error) => place.replaceChildren(el('p', { class: 'hint' }, cut(error.message, 300))));
  return place;
}

/** A request of the simulated API, and the answer. */
export function exchange({ request, response }) {
  return el('div', { class: 'exchange' },
    el('h3', {}, 'Request'),
    el('p', { class: 'start-line' }, el('strong', {}, request.method), ' ', foreign(request.path, 2000)),
    el('dl', { class: 'fields' }, request.headers.map((field) =>
      el('div', {}, el('dt', {}, foreign(field.name)), el('dd', {}, foreign(field.value, 2000))))),
    block(pretty(request.body)),
    el('h3', {}, 'Answer'),
    el('p', { class: 'start-line' }, el('strong', {}, statusText(response.status)), ' ', el('span', { class: 'soft' }, 'cf-ray ' + response.ray)),
    block(pretty(response.body)));
}

export function statusText(status) {
  return status === 0 ? 'Connection broken' : 'HTTP ' + status;
}

/** JSON indented; any other text, and JSON that is too long to be worth it, as it is. */
export function pretty(body) {
  try {
    return body.length > 1_000_000 ? body : JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
