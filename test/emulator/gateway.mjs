// The one endpoint tests talk to: passes AWS calls on to the emulator, keeps a journal of them,
// and lets a test break chosen ones.
//
// usage: node gateway.mjs --upstream http://127.0.0.1:5055 [--port N] [--exit-with-stdin]
//
//   GET    /_gateway/health
//   POST   /_gateway/faults    [rule, …], replacing the former ones
//   GET    /_gateway/journal   the calls so far
//   DELETE /_gateway/journal
//   POST   /_gateway/policies  true or false: whether calls need the permissions that IAM policies give
//   POST   /_gateway/reset     forgets faults, journal and everything in the emulator

import http from 'node:http';
import { parseArgs } from 'node:util';
import { checkRules, errorOf, faultFor, sendError } from './faults.mjs';
import { identify } from './operations.mjs';

const LOOPBACK = '127.0.0.1';

const { values: options } = parseArgs({
  options: {
    upstream: { type: 'string' },
    port: { type: 'string', default: '0' },
    'exit-with-stdin': { type: 'boolean', default: false },
  },
});
const upstream = new URL(options.upstream);
if (upstream.hostname !== LOOPBACK) throw new Error(`not on this machine: ${options.upstream}`);

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const accountOfAccessKey = new Map();
let rules = [];
let journal = [];

const controls = {
  'GET /_gateway/health': () => ({ ok: true }),
  'POST /_gateway/faults': (body) => {
    rules = checkRules(JSON.parse(body.toString()));
    return { rules: rules.length };
  },
  'GET /_gateway/journal': () => journal,
  'DELETE /_gateway/journal': () => {
    journal = [];
    return { ok: true };
  },
  'POST /_gateway/policies': (body) => enforcePolicies(JSON.parse(body.toString())),
  'POST /_gateway/reset': async () => {
    rules = [];
    journal = [];
    accountOfAccessKey.clear();
    await enforcePolicies(false);
    const answer = await fetch(new URL('/moto-api/reset', upstream), { method: 'POST' });
    return { ok: answer.ok };
  },
};

const server = http.createServer(async (request, response) => {
  const body = await read(request);
  try {
    if (request.url.startsWith('/_gateway/')) await control(request, response, body);
    else await call(request, response, body);
  } catch (error) {
    // 502 is retried by the SDK like any other fault of AWS, so say on stderr that it is ours.
    console.error(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end(`gateway: ${error.message}`);
  }
});

/** moto counts the calls that it lets through unasked; after those it checks signatures and policies. */
async function enforcePolicies(isOn) {
  const headers = { 'content-type': 'text/plain' };
  const body = isOn ? '0' : 'inf';
  const answer = await fetch(new URL('/moto-api/reset-auth', upstream), { method: 'POST', headers, body });
  return { ok: answer.ok };
}

async function control(request, response, body) {
  const handle = controls[`${request.method} ${request.url}`];
  if (handle === undefined) return response.writeHead(404).end();
  try {
    const answer = await handle(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  } catch (error) {
    response.writeHead(400).end(error.message);
  }
}

async function call(request, response, body) {
  const { protocol, ...identity } = identify(request, body, accountOfAccessKey);
  const entry = { ...identity, time: Date.now() };
  journal.push(entry);

  const fault = faultFor(identity, rules);
  if (fault !== undefined) {
    entry.fault = fault.kind;
    const error = errorOf(fault, { ...identity, protocol });
    if (error !== undefined) {
      entry.status = error.status;
      return sendError(response, protocol, error);
    }
    if (fault.kind === 'connectionReset') return request.socket.resetAndDestroy();
    if (fault.kind === 'hang') return;
    if (fault.kind === 'webPage') return sendPage(response);
    if (fault.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
  }

  const answer = await forward(request, body);
  entry.status = answer.status;
  entry.answered = Date.now();
  if (fault?.kind === 'truncatedBody') return sendTruncated(response, answer, fault.bytes);
  if (isErrorPage(answer)) {
    entry.status = 501;
    return sendError(response, protocol, notEmulated(identity));
  }
  const refusal = refusalIn(answer, protocol);
  if (refusal !== undefined) {
    entry.status = refusal.status;
    return sendError(response, protocol, refusal);
  }
  if (identity.operation === 'AssumeRole') rememberAccount(answer.body.toString());
  return response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** The Host header goes along unchanged: it is part of what the client signed. */
async function forward({ method, url, headers }, body) {
  const answer = await new Promise((resolve, reject) => {
    const { hostname, port } = upstream;
    http.request({ hostname, port, method, path: url, headers, agent }, resolve).on('error', reject).end(body);
  });
  return { status: answer.statusCode, headers: answer.headers, body: await read(answer) };
}

/** What a portal or a proxy answers that somebody has to sign in to first: no XML of AWS's, and no JSON. */
function sendPage(response) {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>');
}

/** moto answers with an HTML page what it does not implement or fails at, and an SDK can only choke on that. */
function isErrorPage({ status, headers, body }) {
  return status >= 500 && body.length > 0 && (headers['content-type'] ?? '').startsWith('text/html');
}

function notEmulated({ service, operation }) {
  return { status: 501, code: 'NotEmulated', message: `the emulator can't answer ${service}:${operation}` };
}

/** moto refuses with the XML of IAM whatever service was asked; each of AWS has its own words. */
function refusalIn({ status, body }, protocol) {
  if (status !== 403 || !body.includes('<Code>AccessDenied</Code>')) return;
  const [, message = ''] = /<Message>([^<]*)/.exec(body.toString()) ?? [];
  return { ...errorOf({ kind: 'accessDenied' }, { protocol }), message };
}

/** Promises the whole body, sends the first bytes of it, and hangs up. */
function sendTruncated(response, { status, headers, body }, bytes = Math.floor(body.length / 2)) {
  response.writeHead(status, { 'content-type': headers['content-type'], 'content-length': String(body.length) });
  response.write(body.subarray(0, bytes), () => response.destroy());
}

/** A temporary key says nothing about its account, so learn it when it is handed out. */
function rememberAccount(answer) {
  const [, accessKey] = /<AccessKeyId>([^<]+)/.exec(answer) ?? [];
  const [, account] = /arn:aws[^:]*:sts::(\d{12}):assumed-role/.exec(answer) ?? [];
  if (accessKey !== undefined && account !== undefined) accountOfAccessKey.set(accessKey, account);
}

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// The starter holds our stdin: when it dies, however it dies, we are not left behind.
if (options['exit-with-stdin']) process.stdin.on('end', () => process.exit()).resume();

server.listen(Number(options.port), LOOPBACK, () => {
  console.log(`listening on http://${LOOPBACK}:${server.address().port}`);
});
