// The page: which view is shown, what is loaded when, and the keyboard.

import { chooseAccount, get, getState, send } from './api.js';
import { connection } from './connect.js';
import { CONTROLS } from './controls.js';
import { action, alert, announce, byId, confirmed, el, plural } from './dom.js';
import { clearRows, countText, focusRow, moveFocus, renderList } from './list.js';
import { forgetMessage, refreshMessage, showMessage } from './message.js';
import { PANELS } from './panels.js';

const POLL_MS = 1000;
const PAGE = 200;
const MOST = 1000;
const VIEWS = { inbox: 'Inbox', requests: 'Requests', domains: 'Domains', suppressions: 'Suppressions', queues: 'Queues', controls: 'Controls', connect: 'Connect' };

let state = null;
let account = null;
let limit = PAGE;
let known = null;
const fresh = new Set();
let panelShown = { name: null, json: null };

/** The view that the address names: a message and its tab, or a panel. */
function route() {
  const [view, id, tab] = location.hash.replace(/^#\/?/, '').split('/');
  return view === 'message' && id ? { view: 'inbox', id: decodeURIComponent(id), tab } : { view: view in VIEWS ? view : 'inbox' };
}

function accountState() {
  return state.accounts.find((each) => each.account === account) ?? state.accounts[0];
}

async function poll() {
  if (!document.hidden) {
    try {
      const latest = await getState();
      connected(true);
      const changed = state?.revision !== latest.revision || state?.endpoint !== latest.endpoint;
      if (changed) {
        state = latest;
        await refresh();
      }
    } catch (error) {
      connected(!(error instanceof TypeError));
      console.warn(error);
      state = null; // load everything again
    }
  }
}

async function pollForever() {
  await poll();
  setTimeout(pollForever, POLL_MS);
}

function connected(yes) {
  const live = byId('live');
  const text = yes ? 'Live' : 'Not connected';
  if (live.textContent !== text) {
    live.textContent = text;
    live.classList.toggle('off', !yes);
  }
}

/** Everything that may have changed. */
async function refresh() {
  accounts();
  navigation();
  await messages();
  await view(false);
}

function accounts() {
  const ids = state.accounts.map((each) => each.account);
  if (!ids.includes(account)) {
    account = ids.includes(sessionStorage.getItem('account')) ? sessionStorage.getItem('account') : ids[0];
    chooseAccount(account);
  }
  byId('account-chooser').hidden = ids.length < 2;
  const select = byId('account');
  if ([...select.options].map((option) => option.value).join() !== ids.join()) {
    select.replaceChildren(...ids.map((id) => el('option', { value: id, selected: id === account }, id)));
  }
}

function navigation() {
  const its = accountState();
  const counts = { inbox: its.messages, suppressions: its.suppressions, queues: its.backlog, controls: its.faults, requests: its.refused_requests };
  const current = route().view;
  for (const [name, title] of Object.entries(VIEWS)) {
    const link = document.querySelector('#nav [data-view=' + name + ']');
    link.setAttribute('aria-current', name === current ? 'page' : 'false');
    const warn = name === 'controls' || name === 'requests';
    const count = counts[name] > 0 ? el('span', { class: 'count' + (warn ? ' warn' : '') }, counts[name].toLocaleString('en') + (name === 'requests' ? ' refused' : '')) : '';
    link.replaceChildren(title + ' ', count);
  }
}

async function messages() {
  const search = byId('search').value.trim();
  const list = await get('/messages', { q: search, limit });
  if (search !== byId('search').value.trim()) {
    return; // the answer to a newer search follows
  }
  noticeNew(list, search);
  renderList(list.messages, route().id, fresh);
  byId('list-count').textContent = list.total === 0 ? '' : countText(list.messages.length, list.total, search !== '');
  byId('delete-all').hidden = accountState().messages === 0;
  const key = JSON.stringify([list.total > 0, list.messages.length < list.total, limit, search !== '', state.endpoint, account]);
  if (byId('list-end').dataset.key !== key) {
    byId('list-end').dataset.key = key;
    byId('list-end').replaceChildren(...listEnd(list, search));
  }
}

function noticeNew(list, search) {
  if (search !== '') {
    return;
  }
  const came = known === null ? [] : list.messages.filter((message) => !known.has(message.id));
  came.forEach((message) => fresh.add(message.id));
  known = new Set(list.messages.map((message) => message.id));
  if (came.length > 0) {
    announce(came.length === 1 ? 'New message: ' + came[0].subject.slice(0, 100) : plural(came.length, 'new message'));
  }
}

function listEnd(list, search) {
  if (list.total === 0 && search !== '') {
    return [el('p', { class: 'empty' }, 'No message matches.')];
  }
  if (list.total === 0) {
    return [el('div', { class: 'empty' }, el('h2', {}, 'No messages yet'), el('p', {}, 'Messages appear here as soon as the sandbox accepts them.'),
      ...connection(state, accountState()))];
  }
  if (list.messages.length === list.total) {
    return [el('p', { class: 'keys soft' }, el('kbd', {}, 'j'), ' ', el('kbd', {}, 'k'), ' move · ', el('kbd', {}, 'Enter'), ' open · ', el('kbd', {}, '/'), ' search · ', el('kbd', {}, 'Esc'), ' back')];
  }
  return limit >= MOST ? [el('p', { class: 'empty' }, 'The newest ' + MOST + ' are listed. Search finds older ones.')]
    : [el('button', { type: 'button', id: 'more', onclick: action(async () => {
      limit = Math.min(limit + PAGE, MOST);
      await messages();
    }) }, 'Show more')];
}

/** @param moved whether the user came here now, so that the focus follows */
async function view(moved) {
  const { view: name, id, tab } = route();
  const place = byId('view');
  document.body.dataset.view = id === undefined ? name : 'message';
  byId('list').hidden = name !== 'inbox';
  document.title = VIEWS[name] + ' · Flaremail sandbox';
  if (name !== 'inbox') {
    forgetMessage();
    return panel(name, place, moved);
  }
  panelShown = { name: null, json: null };
  if (id === undefined) {
    forgetMessage();
    place.replaceChildren(el('p', { class: 'empty' }, 'Choose a message.'));
    return undefined;
  }
  return message(place, id, tab, moved);
}

async function message(place, id, tab, moved) {
  try {
    const isNew = await showMessage(place, id, tab, () => (location.hash = '#/'));
    fresh.delete(id);
    if (isNew && moved) {
      byId('subject').focus();
      place.scrollTop = 0;
    } else {
      await refreshMessage();
    }
  } catch (error) {
    if (error.status !== 404) {
      throw error;
    }
    forgetMessage();
    place.replaceChildren(el('p', { class: 'empty' }, 'This message was deleted. ', el('a', { href: '#/' }, 'Back to the inbox')));
  }
}

async function panel(name, place, moved) {
  const its = name === 'controls' ? CONTROLS : PANELS[name];
  const data = its === undefined ? [state.endpoint, accountState()] : await its.load();
  if (route().view !== name) {
    return;
  }
  const json = JSON.stringify([account, data]);
  const first = panelShown.name !== name;
  if (first || panelShown.json !== json && name !== 'controls') {
    const open = new Set([...place.querySelectorAll('details[open]')].map((each) => each.dataset.key));
    const nodes = its === undefined ? connection(state, accountState()) : (its.render ?? ((all) => its.begin(all, poll)))(data);
    place.replaceChildren(el('div', { class: 'panel' }, el('h1', { tabindex: '-1' }, VIEWS[name]), nodes));
    place.querySelectorAll('details').forEach((each) => (each.open = open.has(each.dataset.key)));
  }
  its?.update?.(data, state, poll);
  panelShown = { name, json };
  if (moved && first) {
    place.querySelector('h1').focus();
  }
}

async function moved() {
  if (state !== null) {
    const before = document.body.dataset.view;
    const openBefore = byId('messages').querySelector('[aria-current]')?.dataset.id;
    navigation();
    await view(true);
    await messages();
    if (route().view === 'inbox' && route().id === undefined && before === 'message') {
      focusRow(openBefore);
    }
  }
}

function keys(event) {
  const typing = event.target.closest('input, select, textarea, dialog') !== null;
  if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== 'Escape') || byId('question').open) {
    return;
  }
  const inList = event.target.closest('#list') !== null || event.target === document.body;
  const step = { j: 1, k: -1 }[event.key] ?? (inList ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined);
  if (step !== undefined && route().view === 'inbox') {
    moveFocus(step, route().id);
  } else if (event.key === '/') {
    byId('search').focus();
    byId('search').select();
  } else if (event.key === 'Escape') {
    back(event.target);
  } else {
    return;
  }
  event.preventDefault();
}

function back(from) {
  const search = byId('search');
  if (from === search) {
    search.value = '';
    searched();
    focusRow(route().id);
  } else if (location.hash !== '#/' && location.hash !== '') {
    location.hash = '#/';
  }
}

const searched = action(async () => {
  limit = PAGE;
  if (route().view !== 'inbox') {
    location.hash = '#/';
  }
  await messages();
});

byId('nav').append(...Object.keys(VIEWS).map((name) =>
  el('li', {}, el('a', { href: '#/' + (name === 'inbox' ? '' : name), 'data-view': name }))));
byId('search').addEventListener('input', searched);
byId('search-form').addEventListener('submit', (event) => {
  event.preventDefault();
  focusRow();
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('content').focus();
});
byId('account').addEventListener('change', action(async (event) => {
  account = event.target.value;
  sessionStorage.setItem('account', account);
  chooseAccount(account);
  known = null;
  clearRows();
  forgetMessage();
  panelShown = { name: null, json: null };
  location.hash = '#/';
  await refresh();
}));
byId('delete-all').addEventListener('click', action(async () => {
  await poll(); // for the number of now
  if (await confirmed('Delete all ' + plural(accountState().messages, 'message') + '?', 'Delete')) {
    await send('DELETE', '/messages');
    location.hash = '#/';
    announce('All messages deleted');
    await poll();
  }
}));
addEventListener('hashchange', () => moved().catch((error) => alert(error.message)));
addEventListener('keydown', keys);
document.addEventListener('visibilitychange', poll);
pollForever();
