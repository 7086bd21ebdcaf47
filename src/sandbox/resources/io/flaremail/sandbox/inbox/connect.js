// What to paste into an application so that it sends to this sandbox.

import { copyButton, el } from './dom.js';

function snippet(title, hint, text) {
  return el('section', { class: 'card' },
    el('div', { class: 'card-head' }, el('h2', {}, title), el('span', { class: 'grow' }), copyButton(text, 'Copy: ' + title)),
    el('p', { class: 'soft' }, hint),
    el('pre', { tabindex: '0' }, text));
}

/** The token is shown only if it is the one that all sandboxes begin with; any other is only on the terminal. */
export function connection(state, account) {
  const senders = account.any_sender ? 'Any domain may send.' : 'Senders must be at ' + account.domains.join(', ') + '.';
  const token = account.token ?? '<the token that the sandbox printed>';
  return [
    snippet('Session properties', senders,
      'mail.transport.protocol=cloudflare\nmail.transport.protocol.rfc822=cloudflare\n'
      + 'mail.cloudflare.endpoint=' + state.endpoint + '\nmail.cloudflare.account=' + account.account + '\nmail.cloudflare.token=' + token + '\n'),
    snippet('Environment', 'For the command line flaremail, and for other clients of the API.',
      'export MAIL_CLOUDFLARE_ENDPOINT=' + state.endpoint + '\nexport CLOUDFLARE_ACCOUNT_ID=' + account.account + '\nexport CLOUDFLARE_API_TOKEN=' + token + '\n'),
    snippet('Mailboxes', 'IMAP: the user is the recipient’s address, with any password.' + (state.smtp ? ' SMTP: any sender, any login.' : ''),
      'imap://' + state.imap + '\n' + (state.smtp ? 'smtp://' + state.smtp + '\n' : '')),
  ];
}
