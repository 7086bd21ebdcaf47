// The requests of the simulated API.

import { get } from './api.js';
import { exchange, later, statusText } from './blocks.js';
import { el, foreign, plural, time } from './dom.js';

const SHOWN = 100;

/** By ray: a request does not change, and what was loaded of it stays. */
let kept = new Map();

function entry(request) {
  const refused = request.status === 0 || request.status >= 400;
  const details = el('details', { 'data-key': request.ray },
    el('summary', {}, time(request.at), ' ',
      el('span', { class: 'chip ' + (refused ? 'bad' : 'good') }, statusText(request.status)), ' ',
      el('code', {}, request.method + ' ', foreign(request.path)),
      request.errors.map((error) => el('span', { class: 'reason' }, foreign(error)))));
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) {
      details.append(request.message === undefined ? '' : el('p', { class: 'hint' }, el('a', { href: '#/message/' + encodeURIComponent(request.message) }, 'Open the message')),
        later(async () => exchange(await get('/requests/' + request.ray))));
    }
  });
  return details;
}

export const REQUESTS = {
  load: () => get('/requests', { limit: SHOWN }),
  render: (data) => {
    kept = new Map(data.requests.map((request) => [request.ray, kept.get(request.ray) ?? entry(request)]));
    return data.total === 0 ? [el('p', { class: 'empty' }, 'No requests of the API yet.')]
      : [el('p', { class: 'soft' }, data.total > SHOWN ? 'The newest ' + SHOWN + ' of ' + plural(data.total, 'request') : plural(data.total, 'request')),
        el('section', { class: 'card' }, [...kept.values()])];
  },
};
