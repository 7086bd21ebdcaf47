"use strict";
// Texts of messages reach the page as text only (textContent); HTML of messages is shown in a sandboxed frame.
const PAGE = 100;
const LONGEST = 200000;
const REFRESH_MS = 1000;
const GOOD = ["accepted", "delivered"];
const WAITING = ["queued", "deferred", "waits"];
const element = id => document.getElementById(id);
const shown = { revision: null, state: null, messages: [], total: 0, query: "", limit: PAGE, message: null, opened: new Set() };

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.map(child => child instanceof Node ? child : String(child)));
  return made;
}

function url(path, parameters = {}) {
  const query = new URLSearchParams(parameters);
  if (shown.account) {
    query.set("account", shown.account);
  }
  const text = query.toString();
  return "/sandbox" + path + (text ? "?" + text : "");
}

async function call(method, path, body, parameters) {
  const answer = await fetch(url(path, parameters), { method, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!answer.ok) {
    const error = await answer.json().catch(() => ({}));
    throw new Error((error.messages || []).join("; ") || "The sandbox answered " + answer.status);
  }
  return answer.status === 204 ? null : answer.json();
}

const get = (path, parameters) => call("GET", path, undefined, parameters);

function say(text) {
  element("status").textContent = text;
}

function tone(word) {
  return GOOD.includes(word) ? "good" : WAITING.includes(word) ? "wait" : "bad";
}

const chip = word => make("span", { class: "state " + tone(word) }, word);

/** The latest that is known of a recipient. */
const latest = recipient => recipient.events.length ? recipient.events[recipient.events.length - 1].kind : recipient.outcome;

function cut(text) {
  return text.length <= LONGEST ? text : text.slice(0, LONGEST) + "\n\u2026 " + (text.length - LONGEST) + " more characters; see the raw message";
}

function size(bytes) {
  return bytes < 1024 ? bytes + " bytes" : bytes < 1048576 ? (bytes / 1024).toFixed(1) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
}

function copyButton(text, label) {
  const button = make("button", { type: "button", "aria-label": label, onclick: async () => {
    try {
      await navigator.clipboard.writeText(text());
      say("Copied");
      button.textContent = "Copied";
    } catch (e) {
      say("The browser does not allow to copy");
    }
  } }, "Copy");
  return button;
}

function download(path, name, label) {
  return make("a", { href: url(path), download: name }, label);
}

function confirmed(text, yes) {
  element("confirm-text").textContent = text;
  element("confirm-yes").textContent = yes;
  const dialog = element("confirm");
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

async function attempt(action, done) {
  try {
    await action();
    say(done);
    await refresh(true);
  } catch (e) {
    say(e.message);
    window.setTimeout(() => alertLine(e.message), 0);
  }
}

function alertLine(text) {
  const old = document.querySelector(".problem");
  if (old) {
    old.remove();
  }
  element("main").prepend(make("p", { class: "problem state bad", role: "alert" }, text));
  window.setTimeout(() => document.querySelector(".problem")?.remove(), 8000);
}

// The list

function row(message) {
  const to = message.recipients.map(each => each.address);
  const states = [...new Set(message.recipients.map(latest))];
  const worst = states.find(each => tone(each) === "bad") || states.find(each => tone(each) === "wait") || states[0];
  const received = new Date(message.received_at);
  return make("li", {}, make("a", {
    href: "#/m/" + encodeURIComponent(message.id),
    class: shown.opened.has(message.id) ? null : "new",
    "aria-current": shown.message === message.id ? "true" : null,
    "data-id": message.id
  },
  make("span", { class: "subject" }, message.subject || "(no subject)"),
  make("time", { datetime: message.received_at, title: received.toLocaleString() }, received.toLocaleTimeString()),
  make("span", { class: "who" }, (message.from || "<>") + " \u2192 " + to[0] + (to.length > 1 ? " and " + (to.length - 1) + " more" : "")),
  make("span", { class: "states" }, chip(worst))));
}

function showList() {
  const focused = document.activeElement?.dataset?.id;
  element("list").replaceChildren(...shown.messages.map(row));
  element("count").textContent = shown.query ? shown.total + " found" : shown.total + (shown.total === 1 ? " message" : " messages");
  element("more").hidden = shown.messages.length >= shown.total;
  element("delete-all").hidden = shown.total === 0 || shown.query !== "";
  element("empty").hidden = shown.total > 0;
  element("empty-text").textContent = shown.query
    ? "No message has these words."
    : "No messages yet. Give these session properties to an application, and it sends here:";
  const properties = element("properties");
  properties.hidden = shown.query !== "";
  properties.nextElementSibling.hidden = shown.query !== "";
  properties.textContent = shown.state.properties.join("\n");
  if (focused) {
    document.querySelector('#list a[data-id="' + CSS.escape(focused) + '"]')?.focus();
  }
}

async function loadList() {
  const query = shown.query;
  const answer = await get("/messages", query ? { limit: shown.limit, q: query } : { limit: shown.limit });
  if (query !== shown.query) {
    return; // somebody typed on
  }
  const newest = shown.messages[0]?.id;
  const arrived = shown.messages.length && !query ? answer.messages.findIndex(each => each.id === newest) : 0;
  if (arrived > 0) {
    say(arrived === 1 ? "New message: " + (answer.messages[0].subject || "no subject") : arrived + " new messages");
  }
  shown.messages = answer.messages;
  shown.total = answer.total;
  showList();
}

// A message

const TABS = [["html", "HTML"], ["text", "Text"], ["headers", "Headers"], ["raw", "Raw"], ["attachments", "Attachments"], ["request", "Request"]];

async function showMessage(id, tab) {
  const message = await get("/messages/" + encodeURIComponent(id));
  const before = shown.message;
  shown.message = id;
  shown.opened.add(id);
  element("subject").textContent = message.subject || "(no subject)";
  const recipients = message.recipients.map(each => make("li", {}, each.address + " ", chip(each.outcome),
    ...each.events.flatMap(event => [" \u2192 ", make("span", { title: event.at, class: "state " + tone(event.kind) }, event.kind)])));
  const facts = [["From", message.from || "<> (null reverse-path)"], ["To", make("ul", { class: "recipients" }, ...recipients)],
    ["Received", new Date(message.received_at).toLocaleString() + ", " + size(message.size) + (message.via ? ", by SMTP" : "")]];
  if (message.relay) {
    facts.push(["Relay", chip(message.relay)]);
  }
  facts.push(["Id", message.id]);
  element("envelope").replaceChildren(...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
  const path = "/messages/" + encodeURIComponent(id);
  element("envelope").append(make("dt", {}, "Files"), make("dd", { class: "row" },
    download(path + "/raw", message.id + ".eml", "Message (.eml)"),
    download(path + "/export", message.id + ".zip", "Message and request (.zip)"),
    make("button", { type: "button", class: "danger", onclick: () => remove(id) }, "Delete")));
  const tabs = TABS.filter(([name]) => (name !== "html" || message.html) && (name !== "request" || !message.via)
    && (name !== "attachments" || message.attachments.length));
  const chosen = tabs.some(([name]) => name === tab) ? tab : tabs[0][0];
  element("tabs").replaceChildren(...tabs.map(([name, label]) => make("a", {
    href: "#/m/" + encodeURIComponent(id) + "/" + name,
    "aria-current": name === chosen ? "page" : null
  }, name === "attachments" ? label + " (" + message.attachments.length + ")" : label)));
  const key = id + "/" + chosen;
  if (element("part").dataset.key !== key) {
    element("part").dataset.key = key;
    element("part").replaceChildren(...await part(chosen, message, path));
  }
  if (before !== id) {
    element("subject").focus();
  }
}

const text = (content, label) => make("pre", { tabindex: "0", "aria-label": label }, cut(content));

async function part(tab, message, path) {
  switch (tab) {
    case "html": return html(path);
    case "text": return [text(message.text || "(no text)", "Text")];
    case "headers": return [make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Headers" }, make("table", {},
      make("tbody", {}, ...message.headers.map(each => make("tr", {}, make("th", { scope: "row" }, each.name), make("td", {}, each.value))))))];
    case "raw": return [text(await (await fetch(url(path + "/raw"))).text(), "Raw message")];
    case "attachments": return [make("ul", {}, ...message.attachments.map((each, i) => make("li", {},
      download(path + "/attachments/" + i, each.name || "part-" + i, each.name || "part " + i), " ",
      make("span", { class: "soft" }, each.type + ", " + size(each.size)))))];
    default: return request(path);
  }
}

function html(path) {
  const frame = make("iframe", {
    title: "The message's HTML", sandbox: "allow-popups allow-popups-to-escape-sandbox", referrerpolicy: "no-referrer", src: url(path + "/html")
  });
  const button = make("button", { type: "button", onclick: () => {
    frame.src = url(path + "/html", { remote: "true" });
    button.remove();
    say("Remote content is shown");
  } }, "Load remote content");
  return [make("div", { class: "row" }, button, make("span", { class: "soft" }, "Images and styles from other servers are not loaded.")), frame];
}

function pretty(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch (e) {
    return json;
  }
}

async function request(path) {
  const exchange = await get(path + "/exchange");
  const head = exchange.request.method + " " + exchange.request.path + "\n"
    + exchange.request.headers.map(each => each.name + ": " + each.value).join("\n");
  return [make("h3", {}, "Request"), text(head + "\n\n" + pretty(exchange.request.body), "Request"),
    make("h3", {}, "Answer"), text(exchange.response.status + "\ncf-ray: " + exchange.response.ray + "\n\n" + pretty(exchange.response.body), "Answer")];
}

async function remove(id) {
  if (await confirmed("Delete this message, also from its mailboxes?", "Delete")) {
    await attempt(() => call("DELETE", "/messages/" + encodeURIComponent(id)), "Deleted");
    location.hash = "#/";
  }
}

// Panels

function table(caption, heads, rows) {
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, make("table", {}, make("caption", { class: "hidden" }, caption),
    make("thead", {}, make("tr", {}, ...heads.map(each => make("th", { scope: "col" }, each)))),
    make("tbody", {}, ...rows.map(cells => make("tr", {}, ...cells.map(cell => make("td", {}, cell)))))));
}

async function domains() {
  const answer = await get("/domains");
  if (!answer.domains.length) {
    return [make("p", {}, "No sending domains. Create one through the API, or start the sandbox with --domain.")];
  }
  return answer.domains.flatMap(domain => [
    make("h3", {}, domain.name + " ", make("span", { class: "state " + (domain.enabled ? "good" : "bad") }, domain.enabled ? "enabled" : "disabled"), " ",
      make("span", { class: "state " + (domain.dns_status === "ready" ? "good" : "wait") }, "DNS " + domain.dns_status)),
    table("DNS records of " + domain.name, ["Type", "Name", "Content", "Priority", "Copy"], domain.records.map(each => [
      each.type, make("code", {}, each.name), make("code", {}, each.content), each.priority ?? "", copyButton(() => each.content, "Copy the content of " + each.type + " " + each.name)]))]);
}

async function suppressions() {
  const answer = await get("/suppressions");
  return answer.suppressions.length
    ? [table("Suppressions", ["Address", "Reason", "Scope", "Since", "Expires"], answer.suppressions.map(each => [
      each.email, each.reason, each.domain || "account", each.created_at, each.expires_at || "never"]))]
    : [make("p", {}, "No address is suppressed.")];
}

async function queues() {
  const answer = await get("/queues");
  return answer.queues.length
    ? answer.queues.flatMap(queue => [make("h3", {}, queue.name + " ", make("span", { class: "soft" }, queue.backlog + (queue.backlog === 1 ? " message" : " messages"))),
      ...queue.messages.map(each => text(pretty(each.body), "Message in " + queue.name)),
      ...(queue.backlog > queue.messages.length ? [make("p", { class: "soft" }, "The first " + queue.messages.length + " are shown.")] : [])])
    : [make("p", {}, "No queues. ", make("code", {}, "flaremail events setup"), " makes one.")];
}

function choice(id, label, values) {
  return [make("label", { for: id }, label), make("select", { id }, ...values.map(([value, name]) => make("option", { value }, name)))];
}

const same = values => values.map(each => [each, each]);

async function controls() {
  const [faults, fates] = [await get("/faults"), await get("/fates")];
  const queued = ["sends", "pulls"].flatMap(kind => faults[kind].map(each => [kind, each]));
  return [
    make("h3", {}, "Make the next requests fail"),
    make("form", { class: "row", onsubmit: event => {
      event.preventDefault();
      attempt(() => call("POST", "/faults", { fault: element("fault").value, times: Number(element("times").value), requests: element("requests").value }), "Queued");
    } }, ...choice("fault", "Fault", same(shown.state.faults)), make("label", { for: "times" }, "Times"),
    make("input", { id: "times", type: "number", min: "1", max: "10000", value: "1" }),
    ...choice("requests", "Requests", [["sends", "sends"], ["pulls", "pulls of queues"]]), make("button", { class: "main" }, "Queue")),
    queued.length
      ? make("div", {}, table("Queued faults", ["Requests", "Fault"], queued), make("p", {}, make("button", { type: "button", onclick: () => attempt(() => call("DELETE", "/faults"), "Cleared") }, "Clear")))
      : make("p", { class: "soft" }, "No faults are queued."),
    make("h3", {}, "What becomes of an address"),
    make("form", { class: "row", onsubmit: event => {
      event.preventDefault();
      attempt(() => call("PUT", "/fates/" + encodeURIComponent(element("address").value), { fate: element("fate").value }), "Chosen");
    } }, make("label", { for: "address" }, "Address"), make("input", { id: "address", required: "", placeholder: "grace@example.org" }),
    ...choice("fate", "Fate", same(shown.state.fates)), make("button", { class: "main" }, "Choose")),
    Object.keys(fates.fates).length
      ? table("Chosen fates", ["Address", "Fate", ""], Object.entries(fates.fates).map(([address, fate]) => [address, fate,
        make("button", { type: "button", "aria-label": "Forget the fate of " + address, onclick: () => attempt(() => call("DELETE", "/fates/" + encodeURIComponent(address)), "Forgotten") }, "Forget")]))
      : make("p", { class: "soft" }, "The local part decides: bounce@, queued@, complain@, \u2026"),
    make("h3", {}, "Time"),
    make("p", {}, "The sandbox's time: ", make("time", {}, new Date(shown.state.now).toLocaleString())),
    make("div", { class: "row" }, ...[[3600, "1 hour"], [86400, "1 day"], [691200, "8 days"]].map(([seconds, name]) =>
      make("button", { type: "button", onclick: () => attempt(() => call("POST", "/clock", { advance_seconds: seconds }), "The clock is " + name + " ahead") }, "+ " + name))),
    make("h3", {}, "Start over"),
    make("p", {}, "Forgets messages, requests, suppressions, faults, fates and events of all accounts; domains and queues stay."),
    make("button", { type: "button", class: "danger", onclick: async () => {
      if (await confirmed("Forget everything that was sent?", "Reset")) {
        await attempt(() => call("POST", "/reset"), "Reset");
      }
    } }, "Reset")];
}

const PANELS = { domains: ["Sending domains", domains], suppressions: ["Suppressions", suppressions], queues: ["Queues", queues], controls: ["Faults and time", controls] };

async function showPanel(name, again) {
  const [title, load] = PANELS[name];
  const body = element("panel-body");
  if (again && body.contains(document.activeElement) && document.activeElement.matches("input, select")) {
    return; // somebody fills in a form
  }
  element("panel-title").textContent = title;
  body.replaceChildren(...await load());
  if (!again) {
    element("panel-title").focus();
  }
}

// Where the page is, and what is new

async function show(again) {
  const [place, id, tab] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const view = place === "m" && id ? "message" : PANELS[place] ? "panel" : "messages";
  document.body.dataset.view = view;
  element("message").hidden = view !== "message";
  element("panel").hidden = view !== "panel";
  const nav = view === "panel" ? place : "messages";
  document.querySelectorAll("[data-nav]").forEach(each => {
    if (each.dataset.nav === nav) {
      each.setAttribute("aria-current", "page");
    } else {
      each.removeAttribute("aria-current");
    }
  });
  if (view === "message") {
    try {
      await showMessage(id, tab);
    } catch (e) {
      say(e.message);
      location.hash = "#/";
    }
  } else {
    const last = shown.message;
    shown.message = null;
    element("part").dataset.key = "";
    if (view === "panel") {
      await showPanel(place, again);
    } else if (last) {
      document.querySelector('#list a[data-id="' + CSS.escape(last) + '"]')?.focus();
    }
  }
  if (shown.state) {
    showList();
    if (view === "messages" && document.activeElement === document.body) {
      element("list").focus();
    }
  }
}

function showAccounts() {
  const accounts = shown.state.accounts;
  element("account-choice").hidden = accounts.length < 2;
  if (element("account").options.length !== accounts.length) {
    element("account").replaceChildren(...accounts.map(each => make("option", { value: each }, each)));
  }
}

async function refresh(always) {
  shown.state = await get("/state");
  showAccounts();
  if (always || shown.state.revision !== shown.revision) {
    const first = shown.revision === null;
    shown.revision = shown.state.revision;
    await loadList();
    await show(!first);
  }
}

async function keepFresh() {
  if (!document.hidden) {
    try {
      await refresh(false);
      document.title = shown.total ? "(" + shown.total + ") Flaremail sandbox" : "Flaremail sandbox";
    } catch (e) {
      say("The sandbox does not answer");
      document.title = "(not running) Flaremail sandbox";
    }
  }
  window.setTimeout(keepFresh, REFRESH_MS);
}

function step(by) {
  const links = [...document.querySelectorAll("#list a")];
  const at = links.indexOf(document.activeElement);
  const current = at >= 0 ? at : links.findIndex(each => each.hasAttribute("aria-current"));
  links[Math.max(0, Math.min(links.length - 1, current + by))]?.focus();
}

document.addEventListener("keydown", event => {
  const typing = event.target.matches("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || element("confirm").open) {
    return;
  }
  if (event.key === "Escape") {
    if (typing) {
      event.target.blur();
    }
    location.hash = "#/";
  } else if (typing) {
    if (event.target.id === "q" && event.key === "ArrowDown") {
      event.preventDefault();
      step(1);
    }
  } else if (event.key === "/") {
    event.preventDefault();
    element("q").focus();
  } else if ((event.key === "j" || event.key === "ArrowDown") && !event.target.matches("pre")) {
    event.preventDefault();
    step(1);
  } else if ((event.key === "k" || event.key === "ArrowUp") && !event.target.matches("pre")) {
    event.preventDefault();
    step(-1);
  }
});

element("q").addEventListener("input", async event => {
  shown.query = event.target.value.trim();
  shown.limit = PAGE;
  if (document.body.dataset.view === "panel") {
    location.hash = "#/";
  }
  await loadList();
});
element("search").addEventListener("submit", event => {
  event.preventDefault();
  step(1);
});
element("more").addEventListener("click", async () => {
  shown.limit = Math.min(1000, shown.limit + PAGE);
  await loadList();
});
element("delete-all").addEventListener("click", async () => {
  if (await confirmed("Delete all " + shown.total + " messages of this account, also from their mailboxes?", "Delete")) {
    await attempt(() => call("DELETE", "/messages"), "Deleted");
    location.hash = "#/";
  }
});
element("account").addEventListener("change", async event => {
  shown.account = event.target.value;
  shown.messages = [];
  shown.limit = PAGE;
  location.hash = "#/";
  await refresh(true);
});
document.querySelector("[data-copy]").replaceWith(copyButton(() => element("properties").textContent, "Copy the properties"));
window.addEventListener("hashchange", () => show(false));
keepFresh();
