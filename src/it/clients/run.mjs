// Cloudflare's own clients against the sandbox: what they ask for and whether they are content with the answers.
// OfficialClientsIT runs this, then makes the SDK's calls with Flaremail and compares the requests:
//
//   mvn test -Pofficial-clients
//
// By itself: npm ci --ignore-scripts --prefix src/it/clients && npm test --prefix src/it/clients
// SANDBOX is the line of JSON that a running sandbox printed; without it target/*-sandbox.jar is started here.
// Exits with 1 when a call failed. The SDK's requests are left in target/clients/sdk-requests.json, wrangler's beside them.
import Cloudflare from 'cloudflare';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', '..', '..', 'target');
const out = join(target, 'clients');
const mime = 'From: ada@example.com\r\nTo: bob@example.org\r\nSubject: Hi\r\n\r\nGrüße\r\n';
let failures = 0;

const started = process.env.SANDBOX ? null : await start();
try {
  const sandbox = JSON.parse(process.env.SANDBOX ?? started.line);
  mkdirSync(out, { recursive: true });
  await sdk(sandbox);
  await queues(sandbox);
  await wrangler(sandbox);
} finally {
  started?.process.kill();
}
console.log(failures === 0 ? 'all calls ok' : `${failures} calls FAILED`);
process.exitCode = failures === 0 ? 0 : 1;

async function start() {
  const jar = readdirSync(target).find((name) => name.endsWith('-sandbox.jar'));
  if (!jar) throw new Error('no target/*-sandbox.jar: run mvn package first');
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const child = spawn(java, ['-jar', join(target, jar), '--random', '--event-delay', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) return { process: child, line };
  throw new Error('the sandbox ended before it was ready');
}

async function step(name, call) {
  try {
    await call();
    console.log(`ok      ${name}`);
  } catch (e) {
    failures++;
    console.log(`FAILED  ${name}: ${e.message}`);
  }
}

function check(holds, what) {
  if (!holds) throw new Error(`expected ${what}`);
}

async function sdk({ endpoint, account: account_id, zone: zone_id, token }) {
  const requests = [];
  const client = new Cloudflare({
    apiToken: token,
    baseURL: endpoint,
    maxRetries: 0,
    fetch: (url, init) => {
      requests.push(request(init.method.toUpperCase(), url, endpoint, init.body));
      return fetch(url, init);
    },
  });
  const { subdomains, suppressions } = client.emailSending;
  let tag;
  let suppression;

  await step('sdk emailSending.sendRaw', async () => {
    const to = ['bob@example.org', 'queued@example.org', 'bounce@example.org'];
    const sent = await client.emailSending.sendRaw({ account_id, from: 'ada@example.com', recipients: to, mime_message: mime });
    check(sent.message_id.endsWith('@example.com>'), 'a message_id');
    check(sent.queued.length === 1 && sent.permanent_bounces.length === 1, 'one queued, one bounced');
  });
  await step('sdk emailSending.send', async () => {
    const sent = await client.emailSending.send({
      account_id,
      from: { address: 'ada@example.com', name: 'Ada' },
      to: [{ address: 'bob@example.org' }, { address: 'cleo@example.org', name: 'Cleo' }],
      cc: [{ address: 'queued@example.org' }],
      bcc: [{ address: 'dan@example.org' }],
      reply_to: { address: 'desk@example.com', name: 'Desk' },
      subject: 'Grüße',
      text: 'Hello',
      html: '<img src="cid:logo">',
      headers: { 'X-Tag': 'a' },
      attachments: [
        { content: 'AAEC', filename: 'l.png', type: 'image/png', disposition: 'inline', content_id: 'logo' },
        { content: 'AAEC', filename: 'a.bin', type: 'application/octet-stream', disposition: 'attachment' },
      ],
    });
    check(sent.message_id.endsWith('@example.com>'), 'a message_id');
  });
  await step('sdk emailSending.sendRaw, refused', async () => {
    const error = await client.emailSending
      .sendRaw({ account_id, from: 'ada@other.example', recipients: ['bob@example.org'], mime_message: mime })
      .catch((e) => e);
    check(error.status === 403 && error.errors[0].code === 10204, `403 and 10204, got ${error.message}`);
  });
  await step('sdk subdomains.list', async () => {
    const names = (await all(subdomains.list({ zone_id }))).map((domain) => domain.name);
    check(names.join() === 'example.com', `example.com, got ${names}`);
  });
  await step('sdk subdomains.create', async () => {
    tag = (await subdomains.create({ zone_id, name: 's.example.com' })).tag;
    check(/^[0-9a-f]{32}$/.test(tag), 'a tag');
  });
  await step('sdk subdomains.get', async () => {
    check((await subdomains.get(tag, { zone_id })).name === 's.example.com', 'the name');
  });
  await step('sdk subdomains.dns.get', async () => {
    check((await all(subdomains.dns.get(tag, { zone_id }))).length === 6, 'six records');
  });
  await step('sdk subdomains.edit', async () => {
    const edited = await subdomains.edit(tag, { zone_id, drop_suppressed_recipients: true });
    check(edited.drop_suppressed_recipients === true, 'the new value');
  });
  await step('sdk subdomains.delete', async () => {
    check((await subdomains.delete(tag, { zone_id })).success === true, 'success');
  });
  await step('sdk subdomains.get, gone', async () => {
    const error = await subdomains.get(tag, { zone_id }).catch((e) => e);
    check(error.status === 404 && error.errors[0].code === 2033, `404 and 2033, got ${error.message}`);
  });
  await step('sdk suppressions.create', async () => {
    suppression = (await suppressions.create({ account_id, email: 'eve@example.org', note: 'asked', expires_at: '2030-01-01T00:00:00Z' })).id;
    check(suppression, 'an id');
  });
  await step('sdk suppressions.import', async () => {
    const scope = { type: 'sending_domain', value: 'example.com' };
    const items = [{ email: 'fay@example.org' }, { email: 'fay@example.org', scope }, { email: 'bad' }];
    const result = await suppressions.import({ account_id, items });
    check(result.processed === 2 && result.invalid === 1, 'two processed and one invalid');
  });
  await step('sdk suppressions.list, page by page', async () => {
    const found = await all(suppressions.list({ account_id, per_page: 1 }));
    check(found.length === 3, `three, got ${found.length}`);
  });
  await step('sdk suppressions.list, filtered', async () => {
    const found = await all(
      suppressions.list({ account_id, scope_type: 'sending_domain', scope_value: 'example.com', per_page: 100 }),
    );
    check(found.length === 1 && found[0].scope.value === 'example.com', 'one');
  });
  await step('sdk suppressions.get', async () => {
    check((await suppressions.get(suppression, { account_id })).email === 'eve@example.org', 'the address');
  });
  await step('sdk suppressions.edit', async () => {
    const edited = await suppressions.edit(suppression, { account_id, note: 'changed', expires_at: null });
    check(edited.note === 'changed', 'the new note');
  });
  await step('sdk suppressions.delete', async () => {
    check((await suppressions.delete(suppression, { account_id })).id === suppression, 'its id');
  });
  let queue_id;
  let subscription;
  await step('sdk queues.create', async () => {
    queue_id = (await client.queues.create({ account_id, queue_name: 'sdk-events' })).queue_id;
    check(/^[0-9a-f]{32}$/.test(queue_id), 'a queue_id');
  });
  await step('sdk queues.list', async () => {
    const names = (await all(client.queues.list({ account_id }))).map((queue) => queue.queue_name);
    check(names.includes('sdk-events'), `sdk-events, got ${names}`);
  });
  await step('sdk queues.consumers.create', async () => {
    const settings = { batch_size: 10, max_retries: 100, visibility_timeout_ms: 60000 };
    const consumer = await client.queues.consumers.create(queue_id, { account_id, type: 'http_pull', settings });
    check(consumer.type === 'http_pull' && consumer.settings.max_retries === 100, 'the settings');
  });
  await step('sdk queues.consumers.list', async () => {
    check((await all(client.queues.consumers.list(queue_id, { account_id }))).length === 1, 'one consumer');
  });
  // The SDK's type of a source does not know email.sending yet.
  await step('sdk post event_subscriptions', async () => {
    const body = {
      name: 'sdk',
      enabled: true,
      source: { type: 'email.sending', zone_id, domain: 'example.com' },
      destination: { type: 'queues.queue', queue_id },
      events: ['message.delivered', 'message.bounced'],
    };
    const path = `/accounts/${account_id}/event_subscriptions/subscriptions`;
    subscription = (await client.post(path, { body })).result.id;
    check(subscription, 'an id');
  });
  await step('sdk queues.subscriptions.list', async () => {
    const page = await client.queues.subscriptions.list({ account_id });
    check(page.result.length === 1 && page.result[0].enabled === true, 'one, enabled');
  });
  await step('sdk emailSending.sendRaw, with events', async () => {
    await client.emailSending.sendRaw({ account_id, from: 'ada@example.com', recipients: ['bob@example.org'], mime_message: mime });
  });
  let lease_id;
  await step('sdk queues.messages.pull', async () => {
    const pulled = await client.queues.messages.pull(queue_id, { account_id, batch_size: 10, visibility_timeout_ms: 30000 });
    check(pulled.messages.length === 1, `one message, got ${pulled.messages.length}`);
    check(JSON.parse(pulled.messages[0].body).type === 'cf.email.sending.message.delivered', 'a delivery');
    lease_id = pulled.messages[0].lease_id;
  });
  await step('sdk queues.messages.ack', async () => {
    check((await client.queues.messages.ack(queue_id, { account_id, acks: [{ lease_id }] })).ackCount === 1, 'one');
  });
  await step('sdk queues.getMetrics', async () => {
    check((await client.queues.getMetrics(queue_id, { account_id })).backlog_count === 0, 'no backlog');
  });
  await step('sdk queues.subscriptions.update', async () => {
    const changed = await client.queues.subscriptions.update(subscription, { account_id, enabled: false });
    check(changed.enabled === false, 'the new value');
  });
  await step('sdk queues.subscriptions.delete', async () => {
    check((await client.queues.subscriptions.delete(subscription, { account_id })).id === subscription, 'its id');
  });
  await step('sdk queues.delete', async () => {
    check((await client.queues.delete(queue_id, { account_id })).success === true, 'success');
  });
  await step('sdk zones.list', async () => {
    const zones = await all(client.zones.list({ name: 'example.com', account: { id: account_id } }));
    check(zones.length === 1 && zones[0].id === zone_id, 'the zone');
  });
  // The SDK has no methods for these: asked as its users would have to.
  for (const path of ['limits', 'zones']) {
    await step(`sdk get ${path}`, async () => {
      check((await client.get(`/accounts/${account_id}/email/sending/${path}`)).success === true, 'success');
    });
  }
  writeFileSync(join(out, 'sdk-requests.json'), `${JSON.stringify(requests, null, 2)}\n`);
}

/** The SDK's other methods for queues: Flaremail has no use for them, so their requests are not compared. */
async function queues({ endpoint, account: account_id, zone: zone_id, token }) {
  const { queues } = new Cloudflare({ apiToken: token, baseURL: endpoint, maxRetries: 0 });
  let queue_id;
  let consumer_id;
  let subscription;
  await step('sdk queues.get, edit and update', async () => {
    queue_id = (await queues.create({ account_id, queue_name: 'more-events' })).queue_id;
    check((await queues.edit(queue_id, { account_id, queue_name: 'edited' })).queue_name === 'edited', 'the new name');
    check((await queues.update(queue_id, { account_id, queue_name: 'updated' })).queue_name === 'updated', 'the new name');
    check((await queues.get(queue_id, { account_id })).queue_name === 'updated', 'the last name');
  });
  await step('sdk queues.consumers.get and update', async () => {
    consumer_id = (await queues.consumers.create(queue_id, { account_id, type: 'http_pull' })).consumer_id;
    const settings = { batch_size: 7 };
    await queues.consumers.update(consumer_id, { account_id, queue_id, type: 'http_pull', settings });
    const consumer = await queues.consumers.get(consumer_id, { account_id, queue_id });
    check(consumer.settings.batch_size === 7, 'the new batch size');
  });
  await step('sdk queues.messages.push and bulkPush', async () => {
    await queues.messages.push(queue_id, { account_id, body: 'one', content_type: 'text' });
    const messages = [{ body: 'two', content_type: 'text' }, { body: { three: 3 }, content_type: 'json' }];
    const pushed = await queues.messages.bulkPush(queue_id, { account_id, messages });
    check(pushed.metadata.metrics.backlog_count === 3, `three messages, got ${JSON.stringify(pushed)}`);
  });
  await step('sdk queues.messages.peek and purge', async () => {
    const { messages } = await queues.messages.peek(queue_id, { account_id, batch_size: 1 });
    check(messages.length === 1 && messages[0].body === 'one', 'the first message');
    const purged = await queues.messages.purge(queue_id, { account_id, refs: [{ ref: messages[0].ref }] });
    check(purged.errors.length === 0 && Object.keys(purged.warnings).length === 0, 'neither error nor warning');
  });
  await step('sdk queues.purge.start and status', async () => {
    const purged = await queues.purge.start(queue_id, { account_id, delete_messages_permanently: true });
    check(purged.queue_id === queue_id, 'the queue');
    check((await queues.purge.status(queue_id, { account_id })).started_at, 'a time');
    check((await queues.getMetrics(queue_id, { account_id })).backlog_count === 0, 'an empty queue');
  });
  await step('sdk queues.subscriptions.create and get', async () => {
    const source = { type: 'email.sending', zone_id, domain: 'example.com' };
    const destination = { type: 'queues.queue', queue_id };
    const events = ['message.bounced'];
    subscription = (await queues.subscriptions.create({ account_id, name: 'more', enabled: true, source, destination, events })).id;
    check((await queues.subscriptions.get(subscription, { account_id })).name === 'more', 'its name');
    await queues.subscriptions.delete(subscription, { account_id });
  });
  await step('sdk queues.consumers.delete', async () => {
    check((await queues.consumers.delete(consumer_id, { account_id, queue_id })).success === true, 'success');
    await queues.delete(queue_id, { account_id });
  });
}

async function all(pages) {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
}

function request(method, url, endpoint, body) {
  const { pathname, search } = new URL(url, endpoint);
  return { method, path: pathname + search, body: body ? JSON.parse(body) : null };
}

async function wrangler({ endpoint, account, token, zone }) {
  const requests = [];
  const relay = await relayTo(endpoint, requests);
  const env = {
    PATH: process.env.PATH,
    HOME: out, // no login, settings or logs of whoever runs this
    CLOUDFLARE_API_BASE_URL: relay.endpoint,
    CLOUDFLARE_API_TOKEN: token,
    CLOUDFLARE_ACCOUNT_ID: account,
    CI: '1',
    NO_COLOR: '1',
    WRANGLER_SEND_METRICS: 'false',
  };
  const mail = ['--from', 'ada@example.com', '--to', 'bob@example.org'];
  const source = ['--source', 'email.sending', '--zone-id', zone, '--domain', 'w.example.com'];
  const queues = [
    [['create', 'w-events'], 'w-events'],
    [['consumer', 'http', 'add', 'w-events'], 'Added consumer'],
    [['subscription', 'create', 'w-events', ...source, '--events', 'message.delivered,message.bounced'], ''],
    [['subscription', 'list', 'w-events'], 'email.sending'],
    [['list'], 'w-events'],
  ];
  const calls = [
    [['list'], 'example.com'],
    [['list', 'example.com'], 'example.com'],
    [['enable', 'w.example.com'], 'w.example.com'],
    [['list', 'example.com'], 'w.example.com'],
    [['settings', 'w.example.com'], 'w.example.com'],
    [['dns', 'get', 'w.example.com'], 'route1.mx.cloudflare.net'],
    [['send', ...mail, '--from-name', 'Ada', '--subject', 'Hi', '--text', 'Hello', '--header', 'X-Tag:a'], ''],
    [['send-raw', ...mail, '--mime', mime], ''],
  ];
  const all = [
    ...calls.map(([args, expected]) => [['email', 'sending', ...args], expected]),
    ...queues.map(([args, expected]) => [['queues', ...args], expected]),
  ];
  for (const [args, expected] of all) {
    const name = `wrangler ${args.filter((arg) => arg !== mime).join(' ')}`;
    await step(name, async () => {
      const text = await run(args, env);
      check(text.includes(expected), `${expected} in the output, got ${text}`);
    });
  }
  relay.server.close();
  writeFileSync(join(out, 'wrangler-requests.json'), `${JSON.stringify(requests, null, 2)}\n`);
}

/** With the Node that runs this script: `npm test` takes the one in node_modules, which is new enough for wrangler. */
function run(args, env) {
  const modules = join(here, 'node_modules');
  const command = [join(modules, 'wrangler', 'bin', 'wrangler.js'), ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: out, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (data) => (text += data));
    child.stderr.on('data', (data) => (text += data));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`exit ${code}\n${text}`))));
  });
}

/** Stands between wrangler and the sandbox, to write down what is asked. */
async function relayTo(endpoint, requests) {
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const entry = request(incoming.method, new URL(incoming.url, endpoint), endpoint, body.toString());
    const { host, connection, 'transfer-encoding': chunked, 'content-length': length, ...headers } = incoming.headers;
    // The relay announces the length in any case: whether wrangler did is written down.
    const announced = body.length === 0 || length !== undefined;
    const answer = await fetch(new URL(incoming.url, endpoint), {
      method: incoming.method,
      headers,
      body: body.length ? body : undefined,
    });
    requests.push({ ...entry, lengthAnnounced: announced, status: answer.status });
    outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') });
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, endpoint: `http://127.0.0.1:${server.address().port}${new URL(endpoint).pathname}` };
}
