// The sandbox's own API, below /sandbox; docs/sandbox-openapi.json describes it.

let account = null;

/** All later requests are about this account. */
export function chooseAccount(id) {
  account = id;
}

/** A path with its query, for requests, downloads and frames. */
export function url(path, parameters = {}) {
  const query = new URLSearchParams();
  const all = account === null ? parameters : { ...parameters, account };
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return '/sandbox' + path + (text === '' ? '' : '?' + text);
}

/** The path of a message, or of one of its parts. */
export function ofMessage(id, part = '') {
  return '/messages/' + encodeURIComponent(id) + part;
}

async function request(path, parameters, options) {
  return checked(await fetch(url(path, parameters), { cache: 'no-store', ...options }));
}

async function checked(answer) {
  if (!answer.ok) {
    const error = new Error(await reason(answer));
    error.status = answer.status;
    throw error;
  }
  return answer;
}

async function reason(answer) {
  try {
    const body = await answer.json();
    return body.messages[0] ?? body.errors[0].message;
  } catch {
    return 'HTTP ' + answer.status;
  }
}

export async function get(path, parameters) {
  return (await request(path, parameters, {})).json();
}

/** Of all accounts: it also tells which there are. */
export async function getState() {
  return (await checked(await fetch('/sandbox/state', { cache: 'no-store' }))).json();
}

export async function getText(path) {
  return (await request(path, {}, {})).text();
}

export async function send(method, path, body) {
  await request(path, {}, { method, body: body === undefined ? undefined : JSON.stringify(body) });
}
