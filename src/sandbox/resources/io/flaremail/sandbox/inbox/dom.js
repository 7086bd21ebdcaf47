// Builds the page. Text of others only ever becomes text nodes and attributes.

/** An element; `on...` are listeners, null and false leave an attribute or a child out. */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** The beginning of a text. */
export function cut(text, length) {
  return text.length <= length ? text : text.slice(0, length) + '…';
}

/** Text of others, which must not change the direction of the text around it. */
export function foreign(text, length = 300) {
  return el('bdi', {}, cut(text, length));
}

export function time(iso) {
  const at = new Date(iso);
  const clock = at.toLocaleTimeString([], { hour12: false });
  const today = at.toDateString() === new Date().toDateString();
  const day = at.toLocaleDateString([], { day: 'numeric', month: 'short', year: today ? undefined : 'numeric' });
  return el('time', { datetime: iso, title: at.toLocaleString() }, today ? clock : day + ', ' + clock);
}

export function size(bytes) {
  const units = ['bytes', 'KB', 'MB'];
  const unit = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2;
  const number = bytes / 1024 ** unit;
  return (unit === 0 ? number : number.toFixed(1)) + ' ' + units[unit];
}

export function plural(count, noun, nouns = noun + 's') {
  return count.toLocaleString('en') + ' ' + (count === 1 ? noun : nouns);
}

export function announce(text) {
  byId('announcement').textContent = text;
}

let alertEnds;

/** Shows what went wrong, for some seconds. */
export function alert(text) {
  byId('alert').textContent = cut(text, 300);
  clearTimeout(alertEnds);
  alertEnds = setTimeout(() => (byId('alert').textContent = ''), 8000);
}

/** A listener that shows why its action failed. */
export function action(run) {
  return async (event) => {
    event?.preventDefault();
    try {
      await run(event);
    } catch (error) {
      alert(error.message);
    }
  };
}

/** Asks before something that cannot be undone. */
export function confirmed(question, answer) {
  byId('question-text').textContent = question;
  byId('question-yes').textContent = answer;
  const dialog = byId('question');
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

/** A button that copies; it shows for a moment that it did. */
export function copyButton(text, label, name = 'Copy') {
  const button = el('button', { type: 'button', class: 'small', 'aria-label': label }, name);
  button.addEventListener('click', action(async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    announce('Copied');
    setTimeout(() => (button.textContent = name), 1500);
  }));
  return button;
}

/** How a recipient fares: the latest event, or the outcome before there is one. */
export function status(recipient) {
  const events = recipient.events;
  return events.length === 0 ? recipient.outcome : events[events.length - 1].kind;
}

const TONES = {
  accepted: 'neutral', queued: 'warn', deferred: 'warn', delivered: 'good',
  bounced: 'bad', suppressed: 'bad', failed: 'bad', rejected: 'bad', complained: 'bad',
};

export function chip(word, text = word) {
  return el('span', { class: 'chip ' + (TONES[word] ?? 'neutral') }, text);
}
